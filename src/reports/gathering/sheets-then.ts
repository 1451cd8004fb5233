import { setImmediate } from 'node:timers/promises';
import type { EventStore, Streams } from '../../event-store/event-store.js';
import {
  further,
  NOTHING_SEEN,
  type CaseHistories,
  type KnownBy,
  type Seen,
} from '../../cases/case-history.js';
import { CASE_STREAMS } from '../../cases/case-stream.js';
import type { Day } from '../../cases/domain/dates/day.js';
import type { Law } from '../../cases/domain/law/law.js';
import { docketOf } from '../../cases/domain/timeline/docket.js';
import { HeldLog } from '../../projections/held-log.js';
import { sheetOn } from '../figures/sheet-on.js';
import type { Sheet } from '../figures/sheet.js';

/** It hides the way to a store that is not on this machine. */
const AT_ONCE = 16;
/** Of more there is no need to try whether they can be held. */
const MOST_HELD = 200_000;

export interface ThenParts {
  store: EventStore;
  /** Each stream that is read takes a call to another machine: better read all at once, as far as they can be held. */
  isStoreElsewhere: boolean;
  histories: CaseHistories;
  law: Law;
}

export interface CasesThen {
  /** Of every case that had been opened by then, and of none that was opened since. */
  caseIds: readonly string[];
  /** How many events there are, about. */
  events: number;
  known: KnownBy;
  day: Day;
  signal: AbortSignal;
}

/** Sheets of some cases, and how far the events go that they were made of. */
export interface SheetsRead {
  sheets: readonly Sheet[];
  seen: Seen;
  /** How many cases were looked at; those merged away by then have no sheet. */
  looked: number;
}

/**
 * The sheets of all cases as they were known, one for each case that answered for itself then. Whatever is read is forgotten with the
 * next, but for a log elsewhere that is small enough.
 */
export async function* sheetsThen(
  { store, isStoreElsewhere, histories, law }: ThenParts,
  { caseIds, events, known, day, signal }: CasesThen,
): AsyncGenerator<SheetsRead> {
  const isToBeHeld = isStoreElsewhere && events <= MOST_HELD;
  const streams = isToBeHeld ? await heldStreams(store, signal) : undefined;
  for (let from = 0; from < caseIds.length; from += AT_ONCE) {
    signal.throwIfAborted();
    const read = await Promise.all(
      caseIds.slice(from, from + AT_ONCE).map(async (caseId) => {
        const history = await histories.load(caseId, { ...known, streams });
        return history?.caseId === caseId ? history : undefined;
      }),
    );
    const there = read.filter((history) => history !== undefined);
    yield {
      sheets: there.map(({ caseId, recorded }) => sheetOn(docketOf(caseId, recorded, law), law, day)),
      seen: there.map(({ seen }) => seen).reduce(further, NOTHING_SEEN),
      looked: read.length,
    };
    // The embedded store answers at once, and others are to be answered, too.
    await setImmediate();
  }
}

const heldStreams = (store: EventStore, signal: AbortSignal): Promise<Streams | undefined> =>
  HeldLog.of(store.readAll(undefined, { prefixes: [CASE_STREAMS] }), store, signal);
