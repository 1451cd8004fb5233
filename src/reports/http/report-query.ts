import { IntersectionType } from '@nestjs/swagger';
import { FreshDto } from '../../cases/http/dto/queries.dto.js';
import { CodeField, IdField } from '../../cases/http/fields/code-fields.js';
import { InstantField } from '../../cases/http/fields/date-fields.js';
import { TextField } from '../../cases/http/fields/text-fields.js';
import { REPORTS, type ReportName } from '../content/content.js';
import { FORMATS, type Format } from '../documents/document.js';
import { LANGUAGES, type Language } from '../documents/words/languages.js';
import { FiguresAskedDto } from './figures-asked.dto.js';

const LONGEST_POSITION = 100;
export const AUDIENCES = ['internal', 'public'] as const;

export class ReportNameDto {
  @CodeField(REPORTS)
  report: ReportName;
}

export class ReportQuery extends IntersectionType(FreshDto, FiguresAskedDto) {
  @InstantField({
    optional: true,
    description:
      'As it was known then; now if absent. At least 5 seconds ago, unless a position is given, too',
  })
  knownAt?: string;

  @TextField({
    optional: true,
    max: LONGEST_POSITION,
    description: 'As of what stands in the store up to there: the same answer for ever',
  })
  position?: string;

  @IdField({ optional: true, description: 'One case; the dossier of a person needs it' })
  caseId?: string;

  @CodeField(LANGUAGES, { optional: true, default: 'en' })
  lang?: Language;

  @CodeField(FORMATS, { optional: true, description: 'Absent: what `Accept` asks for, or JSON' })
  format?: Format;

  @CodeField(AUDIENCES, {
    optional: true,
    default: 'internal',
    description: '`public`: what would be issued now',
  })
  audience?: (typeof AUDIENCES)[number];
}
