import { ApiSchema } from '@nestjs/swagger';
import { ROLES, SEXES, type Person, type Role } from '../../domain/facts/case-facts.js';
import { FINDING_CODES, type Finding, type FindingCode } from '../../domain/findings/finding.js';
import { PersonNameDto } from '../dto/case.dto.js';
import {
  AppealEntryDto,
  CounselDenialEntryDto,
  FineEntryDto,
  HearingEntryDto,
  ProceedingEntryDto,
  SentenceEntryDto,
} from './case-lists.dto.js';
import { CustodyDto } from './custody-answer.dto.js';
import { TotalsDto } from './figures.dto.js';
import {
  Code,
  Codes,
  Count,
  Day,
  Flag,
  Id,
  Ids,
  Instant,
  Part,
  Parts,
  PartsOf,
  Quantity,
  Text,
  TextOrNull,
} from './members.js';

@ApiSchema({ name: 'KnownPerson' })
export class KnownPersonDto implements Person {
  @Parts(PersonNameDto)
  names: PersonNameDto[];

  @Codes(ROLES)
  roles: Role[];

  @Text({ required: false, description: 'as recorded' })
  born?: string;

  @Code(SEXES, { required: false })
  sex?: (typeof SEXES)[number];

  @Text({ required: false })
  summary?: string;
}

@ApiSchema({ name: 'Finding' })
class FindingDto implements Finding {
  @Code(FINDING_CODES)
  code: FindingCode;

  @Quantity({ required: false, description: 'its figure, where it has one' })
  value?: number;

  @Ids({ description: 'the facts it is made on' })
  events: string[];
}

@ApiSchema({ name: 'Case', description: 'A case on a day, as known at an instant' })
export class CaseAnswerDto {
  @Id({ description: 'of the case that answers: the survivor, where the one asked for is merged away' })
  caseId: string;

  @Count()
  revision: number;

  @Day()
  asOf: string;

  @Instant()
  knownAt: string;

  @Text({ description: 'opaque' })
  position: string;

  @Flag({ description: 'administrative; it says nothing about liberty' })
  closed: boolean;

  @Ids()
  mergedFrom: string[];

  @Ids({ required: false, description: 'if the case is restricted: the principals who see it' })
  restrictedTo?: readonly string[];

  @Flag({ required: false, description: 'what is personal has been left out for this caller' })
  masked?: true;

  @Flag({ required: false, description: 'true: what is personal was erased' })
  erased?: true;

  @Part(KnownPersonDto)
  person: KnownPersonDto;

  @Part(CustodyDto)
  custody: CustodyDto;

  @Part(TotalsDto)
  totals: TotalsDto;

  @Parts(ProceedingEntryDto)
  proceedings: ProceedingEntryDto[];

  @Parts(HearingEntryDto)
  hearings: HearingEntryDto[];

  @PartsOf([SentenceEntryDto, FineEntryDto])
  penalties: (SentenceEntryDto | FineEntryDto)[];

  @Parts(AppealEntryDto)
  appeals: AppealEntryDto[];

  @Parts(CounselDenialEntryDto)
  counselDenials: CounselDenialEntryDto[];

  @Parts(FindingDto)
  findings: FindingDto[];
}

@ApiSchema({ name: 'CasePage' })
export class CasePageDto {
  @Parts(CaseAnswerDto, { description: 'the newest change first' })
  items: CaseAnswerDto[];

  @TextOrNull({ description: 'the cursor of the next page' })
  next: string | null;
}
