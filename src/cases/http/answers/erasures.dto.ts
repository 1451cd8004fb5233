import { ApiSchema } from '@nestjs/swagger';
import { ERASURE_STATES, type ErasureState } from '../../erasure/erasure-status.js';
import type { Erasures, ListedErasure } from '../../queries/list-erasures.js';
import { Code, Flag, Id, Instant, Parts, Text, Texts } from './members.js';

@ApiSchema({ name: 'Erasure' })
class ErasureDto implements ListedErasure {
  @Id()
  caseId: string;

  @Code(ERASURE_STATES)
  state: ErasureState;

  @Id({
    required: false,
    description: 'the event by which it was asked for; absent where the case cannot be read',
  })
  requestEventId?: string;

  @Text({ required: false, description: 'the id of a principal' })
  requestedBy?: string;

  @Instant({ required: false })
  requestedAt?: string;

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

  @Text({
    required: false,
    description:
      'a code: why the process that answers could not carry it out so far, or cannot read the case',
  })
  failure?: string;
}

@ApiSchema({ name: 'Erasures' })
export class ErasuresDto implements Erasures {
  @Parts(ErasureDto)
  items: ErasureDto[];

  @Flag({ description: 'there are more than one answer holds' })
  more: boolean;
}
