import type { RecordedEvent } from '../../ledger/recorded-event.js';
import { caseIdOf } from '../case-stream.js';
import type { CaseHistory, CaseThroughTime } from '../case-history.js';
import { otherCaseOf } from '../merges.js';

/** Right after an event of a history: what had been recorded by then, in every stream. */
export interface Moment {
  /** RFC 3339: the question with this `knownAt` gives the same, but between two events of one instant. */
  knownAt: string;
  history: CaseHistory | undefined;
}

/**
 * The moments after the events `[from, to)` of a history. A merge is recorded in two streams, one after the other, and counts from
 * the second: what completes one before the next event belongs to the moment.
 */
export async function momentsOf(time: CaseThroughTime, from: number, to: number): Promise<Moment[]> {
  const { events } = time.now;
  const completions = await completionsOf(time);
  const place = new Map(events.map(({ eventId }, n) => [eventId, n]));
  const moments = events.slice(from, to).map(async (event, i): Promise<Moment> => {
    const next = events[from + i + 1]?.recordedAt;
    const completed = completions.filter(
      ({ since, recordedAt }) => since <= from + i && (next === undefined || recordedAt < next),
    );
    const knownAt = completed.reduce(
      (latest, { recordedAt }) => (recordedAt > latest ? recordedAt : latest),
      event.recordedAt,
    );
    const isThere = ({ eventId, recordedAt }: RecordedEvent): boolean =>
      recordedAt <= knownAt && (place.get(eventId) ?? -1) <= from + i;
    return { knownAt, history: await time.with(isThere) };
  });
  return Promise.all(moments);
}

interface Completion {
  /** The place of the event that it completes. */
  since: number;
  recordedAt: string;
}

/** The other halves of the merges that a history tells of: they stand in streams that are no part of it. */
async function completionsOf({ now: { events }, streamOf }: CaseThroughTime): Promise<Completion[]> {
  const found: Completion[] = [];
  for (const [since, event] of events.entries()) {
    if (event.type !== 'CaseAbsorbed') continue;
    const other = await streamOf(otherCaseOf(event));
    for (const half of other) {
      if (half.type === 'CaseMerged' && otherCaseOf(half) === caseIdOf(event.stream))
        found.push({ since, recordedAt: half.recordedAt });
    }
  }
  return found;
}
