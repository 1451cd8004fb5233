import { type NewEvent } from '../../src/event-store/event-store.js';
import { type EventToRecord } from '../../src/ledger/recorded-event.js';
import { ordinaryCase } from '../rebuild-facts.js';
import { inHalves } from './in-halves.js';

/** One append of one fact, nothing of it sealed, as an event for the store. */
export interface OneAppend {
  stream: string;
  revision: number;
  event: NewEvent;
  /** The same before it is sealed. */
  fact: EventToRecord;
}

export const ENVELOPE = {
  recordedAt: '2020-02-07T12:00:00.000Z',
  recordedBy: '0197c5a0-0000-7000-8000-000000000001',
  correlationId: '0197c5a0-0000-7000-8000-000000000002',
  causationId: '0197c5a0-0000-7000-8000-000000000003',
};

/**
 * What each of the writers has to append, one fact after the other: whole cases of ten facts. Made before the clock runs;
 * every contestant of a round gets the same.
 */
export function appendsOf(writers: number, appendsEach: number): OneAppend[][] {
  const metadata = JSON.stringify({ ...ENVELOPE, schemaVersion: 1 });
  return Array.from({ length: writers }, (_, writer) => {
    const appends: OneAppend[] = [];
    for (let n = writer; appends.length < appendsEach; n += writers) {
      const facts = ordinaryCase(n);
      const stream = `case-${facts[0]?.eventId ?? ''}`;
      appends.push(
        ...facts.map((fact, revision) => ({
          stream,
          revision,
          event: { eventId: fact.eventId, type: fact.type, payload: JSON.stringify(fact.data), metadata },
          fact: inHalves(fact),
        })),
      );
    }
    return appends.slice(0, appendsEach);
  });
}
