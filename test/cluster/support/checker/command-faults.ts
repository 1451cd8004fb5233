import type { Entry, Sent } from '../journal.js';
import type { StoredEvent } from './final-history.js';

/** A command with all that was told of it, and what has come of it. */
interface Outcome {
  key: string;
  sent: readonly Sent[];
  told: readonly Required<Pick<Sent, 'told' | 'began' | 'ended'>>[];
  size: number;
  ifRevision: number | undefined;
  events: readonly StoredEvent[];
}

/** Every acknowledged command stands where it was said to stand, once and whole; what was refused stands nowhere. */
export function commandFaults(entries: readonly Entry[], final: readonly StoredEvent[]): string[] {
  const outcomes = outcomesOf(entries, final);
  const known = new Set(outcomes.map(({ key }) => key));
  return [
    ...final
      .filter(({ key }) => !known.has(key))
      .map(({ eventId }) => `nobody sent what recorded ${eventId}`),
    ...outcomes.flatMap((outcome) => [
      ...wholeness(outcome, final),
      ...acknowledgements(outcome, final),
      ...repeats(outcome),
      ...conditions(outcome, final),
    ]),
    ...sharedRevisions(outcomes),
  ];
}

function outcomesOf(entries: readonly Entry[], final: readonly StoredEvent[]): Outcome[] {
  const events = Map.groupBy(final, ({ key }) => key);
  const commands = entries.filter((entry) => entry.kind === 'command');
  return [...Map.groupBy(commands, ({ key }) => key)].map(([key, sent]) => ({
    key,
    sent,
    told: sent.flatMap(({ told, began, ended }) => (told && ended ? [{ told, began, ended }] : [])),
    size: sent[0]?.size ?? 0,
    ifRevision: sent[0]?.ifRevision,
    events: events.get(key) ?? [],
  }));
}

function wholeness({ key, size, events }: Outcome, final: readonly StoredEvent[]): string[] {
  const [first] = events;
  if (!first) return [];
  if (events.length !== size) return [`${key} has ${events.length} events and not ${size}`];
  const from = final.indexOf(first);
  const together = final.slice(from, from + size).every((event) => event.key === key);
  return together ? [] : [`the events of ${key} do not stand together`];
}

function acknowledgements({ key, told, size }: Outcome, final: readonly StoredEvent[]): string[] {
  const faults = told
    .filter(({ told: { revision, eventIds } }) => {
      const there = final.slice(revision - size + 1, revision + 1);
      const same = (id: string, place: number): boolean =>
        there[place]?.eventId === id && there[place].key === key;
      return eventIds.length !== size || !eventIds.every(same);
    })
    .map(({ told: { revision } }) => `${key} was acknowledged at revision ${revision} and is not there`);
  return [...new Set(faults)];
}

/** The first answer is the only one that is not marked as a repeat, and all are the same. */
function repeats({ key, sent, told }: Outcome): string[] {
  const answers = new Set(told.map(({ told: { revision, eventIds } }) => `${revision} ${eventIds.join()}`));
  const anew = told.filter(({ told: { replayed } }) => !replayed);
  const earliest = Math.min(...told.map(({ ended }) => ended));
  const unsettled = sent.some(({ told, status }) => !told && status !== 412);
  return [
    ...(answers.size > 1 ? [`${key} was answered in ${answers.size} ways`] : []),
    ...(anew.length > 1 || anew.some(({ began }) => began > earliest)
      ? [`a repeat of ${key} was answered as if it were new`]
      : []),
    ...(told.length > 0 && anew.length === 0 && !unsettled
      ? [`${key} was new and answered as if it were a repeat`]
      : []),
  ];
}

function conditions(outcome: Outcome, final: readonly StoredEvent[]): string[] {
  const { key, sent, told, size, ifRevision, events } = outcome;
  if (ifRevision === undefined) return [];
  const faults = told
    .filter(({ told: { revision } }) => revision - size !== ifRevision)
    .map(({ told: { revision } }) => `${key} was sent for revision ${ifRevision} and taken at ${revision}`);
  if (sent.some(({ status }) => status === 412)) {
    if (events.length > 0) faults.push(`${key} was refused and stands there`);
    if (final.length <= ifRevision + 1)
      faults.push(`${key} was refused revision ${ifRevision}, which nobody has won`);
  }
  return [...new Set(faults)];
}

/** One winner for each revision, whoever was told of it. */
function sharedRevisions(outcomes: readonly Outcome[]): string[] {
  const claims = outcomes.flatMap(({ key, told, size }) => {
    const revisions = new Set(
      told.flatMap(({ told: { revision } }) => Array.from({ length: size }, (_, n) => revision - n)),
    );
    return [...revisions].map((revision) => ({ revision, key }));
  });
  return [...Map.groupBy(claims, ({ revision }) => revision)]
    .filter(([, winners]) => winners.length > 1)
    .map(
      ([revision, winners]) =>
        `revision ${revision} was given to ${winners.map(({ key }) => key).join(' and ')}`,
    );
}
