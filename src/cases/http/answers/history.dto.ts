import { ApiSchema } from '@nestjs/swagger';
import type { CaseHistoryAnswer, HistoryEntry } from '../../queries/get-case-history.js';
import { Count, Flag, Id, Ids, Instant, Open, Parts, Text } from './members.js';

@ApiSchema({
  name: 'HistoryEntry',
  description: 'An event with its envelope, as recorded, and what has become of it since',
})
export class HistoryEntryDto implements HistoryEntry {
  @Id()
  eventId: string;

  @Text({ example: 'Arrested' })
  type: string;

  @Open({ description: 'as recorded, whatever has been corrected since' })
  data: Record<string, unknown>;

  @Id({ description: 'of the case in whose stream it stands' })
  caseId: string;

  @Count()
  revision: number;

  @Text({ description: 'opaque' })
  position: string;

  @Instant()
  recordedAt: string;

  @Text({ description: 'the id of a principal, or `system`' })
  recordedBy: string;

  @Text()
  correlationId: string;

  @Id({ description: 'of the command; all its events share it' })
  causationId: string;

  @Count({ description: 'of the schema it was written in' })
  schemaVersion: number;

  @Id({ required: false, description: 'the correction whose data stand in place of these' })
  correctedBy?: string;

  @Id({ required: false, description: 'the void by which it counts no more' })
  voidedBy?: string;
}

@ApiSchema({ name: 'CaseHistory' })
export class CaseHistoryDto implements CaseHistoryAnswer {
  @Id()
  caseId: string;

  @Ids()
  mergedFrom: string[];

  @Flag({ required: false, description: 'what is personal has been left out for this caller' })
  masked?: true;

  @Parts(HistoryEntryDto, { description: 'in record order' })
  items: HistoryEntryDto[];
}
