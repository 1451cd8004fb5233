import { ApiSchema } from '@nestjs/swagger';
import type { CaseHistoryAnswer, HistoryEntry } from '../../queries/get-case-history.js';
import { Flag, Id, Ids, Parts } from './members.js';
import { StreamEntryDto } from './stream-entry.dto.js';

@ApiSchema({
  name: 'HistoryEntry',
  description: 'An event with its envelope, as recorded, and what has become of it since',
})
export class HistoryEntryDto extends StreamEntryDto implements HistoryEntry {
  @Id({ description: 'of the case in whose stream it stands' })
  caseId: string;
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
