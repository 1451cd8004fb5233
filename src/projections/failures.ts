import { HabeasError } from '../errors.js';
import { EventDamaged } from '../ledger/event-damaged.js';

const PASSING_KINDS: ReadonlySet<string> = new Set(['unavailable', 'outcome_unknown', 'storage_full']);

/** SQLite's verdicts on a row: too big, against a constraint, of the wrong type. */
const ROW_REFUSED: ReadonlySet<number> = new Set([18, 19, 20]);

/** PostgreSQL's verdicts on a row: its values, a constraint, the size of a row or of what is kept of it in an index. */
const ROW_REFUSED_SQLSTATE = /^(?:22|23|54)/;

/**
 * True for a failure that has nothing to do with what was being applied (a store out of reach, a full disk, a missing
 * table): to be waited out, not to be laid at the door of one key.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof EventDamaged) return false;
  if (error instanceof HabeasError) return PASSING_KINDS.has(error.kind);
  const code = codeOf(error) ?? '';
  if (code.startsWith('ERR_SQLITE')) return !ROW_REFUSED.has(sqliteVerdict(error));
  if (isFromPostgres(error)) return !ROW_REFUSED_SQLSTATE.test(code);
  return /^E[A-Z]+$/.test(code);
}

function sqliteVerdict(error: unknown): number {
  const verdict =
    typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
  // The lowest byte is the kind, the rest says more of the same.
  return typeof verdict === 'number' ? verdict & 0xff : 0;
}

/** Only its errors say how severe they are. */
const isFromPostgres = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'severity' in error;

/**
 * A failure in words that may be stored and shown: its kind and the place in the code. Its message is left out, since it
 * may quote what was being read, and that may be a name.
 */
export function describeFailure(error: unknown): { code: string; message: string } {
  const code = codeOf(error) ?? 'unexpected';
  const name = error instanceof Error ? error.name : typeof error;
  const place =
    error instanceof Error ? /at (?:async )?([\w.<>]+) .*?([\w-]+\.[jt]s:\d+)/.exec(error.stack ?? '') : null;
  return { code, message: place ? `${name} in ${place[1]} (${place[2]})` : name };
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[\w-]{1,64}$/.test(code) ? code : undefined;
}
