import {
  CONSENT_GIVERS,
  CONSENT_SCOPES,
  ROLES,
  SEXES,
  type Person,
  type PersonName,
  type Role,
} from '../../domain/facts/case-facts.js';
import { CodeField, CodesField, IdField } from '../fields/code-fields.js';
import { RecordedDateField } from '../fields/date-fields.js';
import { PartField, PartsField } from '../fields/part-fields.js';
import { Shape } from '../fields/shape.js';
import { LanguageField, ScriptField, TextField } from '../fields/text-fields.js';
import { CircumstanceDto } from './circumstance.dto.js';

export const LONGEST_NAME = 500;
const MOST_NAMES = 50;

@Shape({ name: 'PersonName' })
export class PersonNameDto implements PersonName {
  @TextField({ max: LONGEST_NAME, example: 'Dzmitry Kazlou' })
  form: string;

  @LanguageField({ optional: true })
  lang?: string;

  @ScriptField({ optional: true })
  script?: string;
}

@Shape({ name: 'Person' })
export class PersonDto implements Person {
  @PartsField(PersonNameDto, { min: 1, max: MOST_NAMES })
  names: PersonNameDto[];

  @CodesField(ROLES, { example: ['blogger'] })
  roles: Role[];

  @RecordedDateField({ optional: true })
  born?: string;

  @CodeField(SEXES, { optional: true })
  sex?: (typeof SEXES)[number];
}

@Shape({ name: 'CaseOpened' })
export class CaseOpenedDto extends CircumstanceDto {
  @PartField(PersonDto)
  person: PersonDto;

  @TextField({ optional: true })
  summary?: string;
}

@Shape({ name: 'NameRecorded' })
export class NameRecordedDto extends CircumstanceDto {
  @PartField(PersonNameDto)
  name: PersonNameDto;
}

@Shape({ name: 'RoleRecorded' })
export class RoleRecordedDto extends CircumstanceDto {
  @CodeField(ROLES)
  role: Role;

  @RecordedDateField({ optional: true })
  from?: string;

  @RecordedDateField({ optional: true })
  until?: string;
}

@Shape({ name: 'NoteAdded' })
export class NoteAddedDto extends CircumstanceDto {
  @TextField()
  text: string;
}

@Shape({ name: 'ConsentWithdrawn' })
export class ConsentWithdrawnDto extends CircumstanceDto {
  @CodeField(CONSENT_SCOPES)
  scope: (typeof CONSENT_SCOPES)[number];
}

@Shape({ name: 'ConsentRecorded' })
export class ConsentRecordedDto extends ConsentWithdrawnDto {
  @CodeField(CONSENT_GIVERS)
  by: (typeof CONSENT_GIVERS)[number];

  @TextField({ optional: true, example: 'in person' })
  method?: string;

  @RecordedDateField({ optional: true })
  expires?: string;
}

/** Closing and reopening say nothing about liberty. */
@Shape({ name: 'Reasoned' })
export class ReasonedDto extends CircumstanceDto {
  @TextField()
  reason: string;
}

@Shape({ name: 'OpenCaseRequest' })
export class OpenCaseRequestDto extends CaseOpenedDto {
  @IdField({ optional: true })
  caseId?: string;
}
