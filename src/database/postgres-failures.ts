import { HabeasError } from '../errors.js';
import { tablesMissing } from './tables-missing.js';

/**
 * SQLSTATE classes and codes that say nothing of the query: connection, resources, an operator, the system; a standby that
 * takes no writes; transactions in each other's way; a lock or a client that was waited for too long.
 */
const PASSING = /^(?:08...|53...|57...|58...|25006|25P0[34]|40001|40P01|55P03)$/;
const LAST_WORDS = /^(?:08...|57P..|25P0[34])$/;
const DISK_FULL = '53100';
const CONFLICTS: ReadonlySet<string> = new Set(['40001', '40P01']);
const LOCK_NOT_AVAILABLE = '55P03';
const PLAN_OUTDATED = '0A000';
const MEANT_FOR_A_WRITER = '25006';
const NO_SUCH_TABLE = '42P01';

/** An error as the server sends it; no other has a severity. */
function serverError(error: unknown): { code: string } | undefined {
  if (!(error instanceof Error) || !('severity' in error) || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' ? { code } : undefined;
}

/** True if the server has ended the session with this error. How severe it is, it says in its own language only. */
export const isLastWord = (error: unknown): boolean => LAST_WORDS.test(serverError(error)?.code ?? '');

/** True if the session may go on, but not to this server: it has become a standby, and another connection may reach the new primary. */
export const isOfStandby = (error: unknown): boolean => serverError(error)?.code === MEANT_FOR_A_WRITER;

/** True if the very same read, asked again, is likely to be answered. */
export const isConflict = (error: unknown): boolean => CONFLICTS.has(serverError(error)?.code ?? '');

/** True if a view that a prepared query reads has got other columns. */
export const isPlanOutdated = (error: unknown): boolean => serverError(error)?.code === PLAN_OUTDATED;

/** True for a refused lock that was not to be waited for any longer. */
export const isLockRefused = (error: unknown): boolean =>
  error instanceof HabeasError && error.code === 'database-busy';

/**
 * What the rest of the program is to make of a failed query: a coded error for whatever passes by itself; the error as it is
 * for a query that the database will not take. `lost`: with the connection, after the query had been sent; `final`: the
 * query would then have changed something for good. The messages quote neither data nor settings.
 */
export function failureOf(error: unknown, { lost, final }: { lost: boolean; final: boolean }): unknown {
  if (lost && final) return outcomeUnknown(error);
  const said = serverError(error);
  if (!lost && !PASSING.test(said?.code ?? '')) return error;
  if (said?.code === DISK_FULL) {
    return new HabeasError(
      'storage_full',
      'database-full',
      'the database has no room left',
      {},
      { cause: error },
    );
  }
  return said?.code === LOCK_NOT_AVAILABLE
    ? unavailable('database-busy', 'a part of the database is in use for longer than can be waited', error)
    : unavailable(
        'database-unavailable',
        `the database gives no answer at present (${reasonIn(error)})`,
        error,
      );
}

export const withoutTables = (error: unknown): HabeasError | undefined =>
  serverError(error)?.code === NO_SUCH_TABLE ? tablesMissing(error) : undefined;

/** For a failure to get a connection, whatever the reason: a wrong password, too, is for somebody else to put right. */
export const unreachable = (error: unknown): HabeasError =>
  unavailable(
    'database-unavailable',
    `the database cannot be reached at present (${reasonIn(error)})`,
    error,
  );

const unavailable = (code: string, message: string, cause: unknown): HabeasError =>
  new HabeasError('unavailable', code, message, { retryAfterSeconds: 1 }, { cause });

const outcomeUnknown = (cause: unknown): HabeasError =>
  new HabeasError(
    'outcome_unknown',
    'outcome-unknown',
    'the database went away before it said whether this was done; look, or repeat it',
    { retryAfterSeconds: 1 },
    { cause },
  );

/** The code of the server or of the operating system; the driver's own errors have none. */
function reasonIn(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'no connection';
}
