import type { StoredEvent } from '../../../src/event-store/event-store.js';
import type { Recorded } from '../../support/caseworker.js';

/** What a caller has been told of a command with this key. */
export interface Acknowledged {
  key: string;
  answer: Pick<Recorded, 'caseId' | 'revision' | 'events'>;
}

type InLog = Pick<StoredEvent, 'eventId' | 'stream' | 'revision'>;

/**
 * What is wrong with a log (in its order), if every command records one event and every one was repeated until it was answered.
 * Empty: each stands there once, where its caller was told, and nothing else does.
 */
export function faultsInLog(acknowledged: readonly Acknowledged[], log: readonly InLog[]): string[] {
  const standing = Map.groupBy(log, ({ eventId }) => eventId);
  const told = new Set(acknowledged.flatMap(({ answer }) => answer.events.map(({ eventId }) => eventId)));
  return [
    ...acknowledged.flatMap((command) => faultsOf(command, standing)),
    ...log.filter(({ eventId }) => !told.has(eventId)).map(({ eventId }) => `nobody was told of ${eventId}`),
    ...gapsIn(log),
  ];
}

function faultsOf({ key, answer }: Acknowledged, standing: ReadonlyMap<string, readonly InLog[]>): string[] {
  const [event, ...more] = answer.events;
  if (!event || more.length > 0) return [`${key} was answered with ${answer.events.length} events`];
  const places = standing.get(event.eventId) ?? [];
  if (places.length === 0) return [`${key} was acknowledged and is lost`];
  if (places.length > 1) return [`${key} stands ${places.length} times`];
  const isThere = places.some((at) => at.stream.endsWith(answer.caseId) && at.revision === answer.revision);
  return isThere ? [] : [`${key} does not stand where it was acknowledged`];
}

function gapsIn(log: readonly InLog[]): string[] {
  const next = new Map<string, number>();
  return log.flatMap(({ stream, revision }) => {
    const expected = next.get(stream) ?? 0;
    next.set(stream, expected + 1);
    return revision === expected ? [] : [`${stream} has revision ${revision} where ${expected} should stand`];
  });
}

/** What is wrong with what somebody has seen who followed the log to its end. */
export function faultsInFeed(seen: readonly string[], log: readonly string[]): string[] {
  const times = Map.groupBy(seen, (eventId) => eventId);
  const faults = [
    ...log.filter((eventId) => !times.has(eventId)).map((eventId) => `${eventId} was not seen`),
    ...[...times]
      .filter(([, all]) => all.length > 1)
      .map(([eventId, all]) => `${eventId} was seen ${all.length} times`),
  ];
  if (faults.length > 0) return faults;
  const place = seen.findIndex((eventId, at) => eventId !== log[at]);
  return place < 0 ? [] : [`${seen[place]} was seen out of order`];
}
