import { ApiSchema } from '@nestjs/swagger';
import { ERASURE_STATES, type ErasureState, type ErasureStatus } from '../../erasure/erasure-status.js';
import type { Erasures } from '../../queries/list-erasures.js';
import { Code, Flag, Id, Instant, Parts, Text, Texts } from './members.js';

@ApiSchema({ name: 'Erasure' })
class ErasureDto implements ErasureStatus {
  @Id()
  caseId: string;

  @Code(ERASURE_STATES)
  state: ErasureState;

  @Id({ description: 'the event by which it was asked for' })
  requestEventId: string;

  @Text({ description: 'the id of a principal' })
  requestedBy: string;

  @Instant()
  requestedAt: string;

  @Text({ required: false, description: 'the id of a principal' })
  approvedBy?: string;

  @Instant({ required: false })
  approvedAt?: string;

  @Instant({ required: false })
  erasedAt?: string;

  @Id({ required: false, description: 'the event that is the certificate' })
  certificateEventId?: string;

  @Texts({ required: false, description: 'the ids of the keys that are no more' })
  destroyedKeys?: readonly string[];
}

@ApiSchema({ name: 'Erasures' })
export class ErasuresDto implements Erasures {
  @Parts(ErasureDto)
  items: ErasureDto[];

  @Flag({ description: 'there are more than one answer holds' })
  more: boolean;
}
