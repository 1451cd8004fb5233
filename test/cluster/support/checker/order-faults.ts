import type { Entry, Sent } from '../journal.js';
import type { StoredEvent } from './final-history.js';

/** Something that happened at one moment between its beginning and its end, which nobody saw. */
interface Happening {
  what: string;
  began: number;
  /** Undefined: nobody was told when it was over. */
  ended: number | undefined;
  /** How many events stood there before it: it may not have begun after more were known of. Infinity: any number. */
  before: number;
  /** How many stood there after it, at least: whatever begins after its end has to know of them. */
  after: number;
}

/**
 * What was over before something else began came before it: a history shows all that had been acknowledged, or shown to anybody,
 * when it was asked for, and a command stands behind it. Together with reads that are beginnings of one history this is
 * linearizability. The read model may lag: it has to know of nothing, but what it has shown stands in the histories.
 */
export function orderFaults(entries: readonly Entry[], final: readonly StoredEvent[]): string[] {
  const happenings = [...commands(entries, final), ...entries.flatMap(readOf)];
  const moments = happenings.flatMap((happening) => [
    { time: happening.began, happening, over: false },
    ...(happening.ended === undefined ? [] : [{ time: happening.ended, happening, over: true }]),
  ]);
  moments.sort((a, b) => a.time - b.time);
  let known: Happening | undefined;
  const faults: string[] = [];
  for (const { happening, over } of moments) {
    if (over && happening.after > (known?.after ?? 0)) known = happening;
    if (over || !known || known.after <= happening.before) continue;
    faults.push(
      `${happening.what} follows ${happening.before} events, though ${known.what} had told of ${known.after} before it began`,
    );
  }
  return faults;
}

/** A command happened once, however often it was sent: after it was sent first and before it was first answered. */
function commands(entries: readonly Entry[], final: readonly StoredEvent[]): Happening[] {
  const sent = entries.filter((entry) => entry.kind === 'command');
  const events = Map.groupBy(final, ({ key }) => key);
  return [...Map.groupBy(sent, ({ key }) => key)].flatMap(([key, attempts]) => {
    const [first] = events.get(key) ?? [];
    const size = attempts[0]?.size ?? 0;
    if (!first) return attempts.flatMap(refusalOf);
    const began = Math.min(...attempts.map((attempt) => attempt.began));
    // The first answer that came, whichever attempt it was given to.
    const [ended] = attempts
      .flatMap(({ told, ended }) => (told && ended ? [ended] : []))
      .sort((a, b) => a - b);
    return [{ what: key, began, ended, before: first.revision, after: first.revision + size }];
  });
}

/** Whoever was refused for a revision was told that there is a later one. */
function refusalOf({ key, began, ended, status, ifRevision }: Sent): Happening[] {
  if (status !== 412 || ifRevision === undefined) return [];
  return [{ what: `the refusal of ${key}`, began, ended, before: Infinity, after: ifRevision + 2 }];
}

function readOf(entry: Entry): Happening[] {
  const { caller, began, ended } = entry;
  if (ended === undefined) return [];
  if (entry.kind === 'history' && entry.seen) {
    const { length } = entry.seen;
    return [{ what: `a history that ${caller} read`, began, ended, before: length, after: length }];
  }
  if (entry.kind === 'case' && entry.shown) {
    const after = entry.shown.revision + 1;
    return [{ what: `a case that ${caller} read`, began, ended, before: Infinity, after }];
  }
  return [];
}
