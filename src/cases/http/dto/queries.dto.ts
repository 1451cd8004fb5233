import { ValidateBy } from 'class-validator';
import { AsNumber } from '../../../http/as-number.js';
import { ROLES, type Role } from '../../domain/facts/case-facts.js';
import { FINDING_CODES, type FindingCode } from '../../domain/findings/finding.js';
import { STATUSES, type Status } from '../../domain/timeline/status.js';
import { ERASURE_STATES, type ErasureState } from '../../erasure/erasure-status.js';
import { readCursor } from '../../queries/list-cursor.js';
import { MOST_STEPS } from '../../queries/replay-case.js';
import { CodeField, IdField, WholeField } from '../fields/code-fields.js';
import { DayField, InstantField } from '../fields/date-fields.js';
import { field } from '../fields/field.js';
import { Shape } from '../fields/shape.js';
import { PatternField, TextField } from '../fields/text-fields.js';
import { LONGEST_NAME } from './case.dto.js';
import { PROVISION_ID } from '../../domain/facts/proceeding-facts.js';

const MOST_ON_A_PAGE = 200;
const LONGEST_OPAQUE = 1_000;

export class CaseIdDto {
  @IdField()
  caseId: string;
}

/** A query that can wait for a write of the caller's own. */
export class FreshDto {
  @TextField({
    optional: true,
    max: LONGEST_OPAQUE,
    description: 'A position that a command gave: waits up to 5 s for it',
  })
  minPosition?: string;
}

export class CaseQueryDto extends FreshDto {
  @DayField({
    optional: true,
    description: 'today if absent; of a day to come it assumes that nothing more happens',
  })
  asOf?: string;

  @InstantField({ optional: true, description: 'now if absent; at least 5 seconds ago' })
  knownAt?: string;
}

export class ReplayQueryDto {
  @DayField({ optional: true, description: 'the day that every step is seen from; today if absent' })
  asOf?: string;

  @AsNumber()
  @WholeField({ optional: true, min: 0, max: 1_000_000 })
  from?: number;

  @AsNumber()
  @WholeField({ optional: true, min: 1, max: MOST_STEPS })
  limit?: number;
}

export class ErasuresQueryDto extends FreshDto {
  @CodeField(ERASURE_STATES, { optional: true })
  state?: ErasureState;
}

export class PeriodDto extends FreshDto {
  @DayField({ optional: true, description: 'today if absent' })
  from?: string;

  @DayField({ optional: true })
  to?: string;
}

const isCursor = (value: unknown): boolean => {
  if (typeof value !== 'string') return false;
  try {
    readCursor(value);
    return true;
  } catch {
    return false;
  }
};

const CursorField = (): PropertyDecorator =>
  field(
    { type: 'string', maxLength: LONGEST_OPAQUE },
    (options) => [
      ValidateBy(
        {
          name: 'isCursor',
          validator: { validate: isCursor, defaultMessage: () => 'must be the `next` of a page' },
        },
        options,
      ),
    ],
    { optional: true, description: '`next` of the page before' },
  );

class CaseCriteriaDto extends FreshDto {
  @CodeField(STATUSES, { optional: true })
  status?: Status;

  @CodeField(ROLES, { optional: true })
  role?: Role;

  @PatternField(PROVISION_ID, { optional: true, what: 'the number of an article', example: '23.34' })
  article?: string;

  @IdField({ optional: true })
  campaignId?: string;

  @CodeField(FINDING_CODES, { optional: true })
  finding?: FindingCode;

  @TextField({ optional: true, max: LONGEST_NAME, description: 'found across scripts and spellings' })
  name?: string;

  @DayField({ optional: true, description: 'today if absent' })
  asOf?: string;

  @InstantField({
    optional: true,
    description: 'now if absent; at least 5 seconds ago. Orders by opening, the last first',
  })
  knownAt?: string;

  @CursorField()
  cursor?: string;
}

@Shape({ name: 'CaseSearch' })
export class SearchCasesDto extends CaseCriteriaDto {
  @WholeField({ optional: true, min: 1, max: MOST_ON_A_PAGE })
  limit?: number;
}

export class ListCasesDto extends CaseCriteriaDto {
  @AsNumber()
  @WholeField({ optional: true, min: 1, max: MOST_ON_A_PAGE })
  limit?: number;
}
