import type { LogRecord } from './log-record.js';
import type { RecentIds } from './recent-ids.js';

/** Where a caller expects a stream to stand. */
export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists';

export interface StreamState {
  readonly name: string;
  /** By revision. */
  readonly records: LogRecord[];
  /** Events below it are no longer read. */
  truncatedBefore: number;
  /** Deleted, but may be begun again. */
  softDeleted: boolean;
  /** Deleted for good. */
  tombstoned: boolean;
}

export type Decision =
  { kind: 'write' } | { kind: 'repeated'; last: LogRecord } | { kind: 'conflict' } | { kind: 'deleted' };

const WRITE: Decision = { kind: 'write' };
const CONFLICT: Decision = { kind: 'conflict' };
const DELETED: Decision = { kind: 'deleted' };

/**
 * What the server makes of an append. With a revision (or none) expected, the ids after it are compared with those sent: all the
 * same is a repeat, a part of them a conflict. With `any` it goes by the ids that it happens to remember.
 */
export function decideAppend(
  state: StreamState,
  expected: Expected,
  ids: readonly string[],
  recent: RecentIds,
): Decision {
  if (state.tombstoned) return DELETED;
  if (expected === 'stream_exists') {
    if (state.softDeleted) return DELETED;
    if (state.records.length === 0) return CONFLICT;
  }
  if (expected === 'any' || expected === 'stream_exists') return byRememberedIds(state, ids, recent);
  const current = BigInt(state.records.length) - 1n;
  const revision = expected === 'no_stream' ? -1n : expected;
  if (revision === current) return WRITE;
  return revision > current ? CONFLICT : byIdsAfter(state, Number(revision), ids);
}

function byRememberedIds(state: StreamState, ids: readonly string[], recent: RecentIds): Decision {
  let last: LogRecord | undefined;
  for (const id of ids) {
    const known = recent.get(id);
    if (known?.stream !== state.name) return last ? CONFLICT : WRITE;
    last = known;
  }
  return last ? { kind: 'repeated', last } : WRITE;
}

function byIdsAfter(state: StreamState, revision: number, ids: readonly string[]): Decision {
  let last: LogRecord | undefined;
  for (const [index, id] of ids.entries()) {
    const there = state.records[revision + 1 + index];
    if (there?.id !== id) {
      const beginsAgain = index === 0 && revision === -1 && state.softDeleted;
      return beginsAgain ? WRITE : CONFLICT;
    }
    last = there;
  }
  return last ? { kind: 'repeated', last } : CONFLICT;
}
