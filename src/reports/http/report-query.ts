import { ROLES, type Role } from '../../cases/domain/facts/case-facts.js';
import { PROVISION_ID } from '../../cases/domain/facts/proceeding-facts.js';
import { FreshDto } from '../../cases/http/dto/queries.dto.js';
import { CodeField, IdField } from '../../cases/http/fields/code-fields.js';
import { DayField, InstantField } from '../../cases/http/fields/date-fields.js';
import { PatternField, RegionField, TextField } from '../../cases/http/fields/text-fields.js';
import { REPORTS, type ReportName } from '../content/content.js';
import { FORMATS, type Format } from '../documents/document.js';
import { LANGUAGES, type Language } from '../documents/words/languages.js';

const ID = PROVISION_ID.source.slice(1, -1);
const LONGEST_POSITION = 100;
/** An article, of whichever code or of one: `24.23`, `BY-CoAO-2021/24.23`. */
export const ARTICLE = new RegExp(`^(${ID}/)?${ID}$`);
/** The name of a family of articles. */
export const FAMILY = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/;
export const AUDIENCES = ['internal', 'public'] as const;

export class ReportNameDto {
  @CodeField(REPORTS)
  report: ReportName;
}

export class ReportQuery extends FreshDto {
  @DayField({ optional: true, description: 'The day the figures are of; today if absent' })
  asOf?: string;

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

  @DayField({ optional: true, description: 'First day of the period' })
  from?: string;

  @DayField({ optional: true, description: 'Last day of the period' })
  to?: string;

  @IdField({ optional: true, description: 'A campaign, with its waves' })
  campaignId?: string;

  @PatternField(FAMILY, {
    optional: true,
    what: 'the name of a family of articles',
    example: 'mass_events',
  })
  family?: string;

  @PatternField(ARTICLE, {
    optional: true,
    what: 'the number of an article, or its code and its number',
    example: 'BY-CoAO-2021/24.23',
  })
  article?: string;

  @RegionField({ optional: true })
  region?: string;

  @CodeField(ROLES, { optional: true })
  role?: Role;

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
