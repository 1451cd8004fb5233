import { ROLES, type Role } from '../../cases/domain/facts/case-facts.js';
import { PROVISION_ID } from '../../cases/domain/facts/proceeding-facts.js';
import { CodeField, IdField } from '../../cases/http/fields/code-fields.js';
import { DayField } from '../../cases/http/fields/date-fields.js';
import { PatternField, RegionField } from '../../cases/http/fields/text-fields.js';

const ID = PROVISION_ID.source.slice(1, -1);
/** An article, of whichever code or of one: `24.23`, `BY-CoAO-2021/24.23`. */
const ARTICLE = new RegExp(`^(${ID}/)?${ID}$`);
/** The name of a family of articles. */
const FAMILY = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/;

/** Which figures a report is to have, whether it is read or issued. */
export class FiguresAskedDto {
  @DayField({ optional: true, description: 'The day the figures are of; today if absent' })
  asOf?: string;

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
}
