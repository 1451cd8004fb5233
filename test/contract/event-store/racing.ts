import { describe, expect, it } from '@jest/globals';
import { RevisionConflict } from '../../../src/event-store/errors.js';
import type { EventStore, ExpectedRevision, NewEvent } from '../../../src/event-store/event-store.js';
import { everything, newEvent, newEvents, newStream } from '../../support/store-events.js';
import type { Given } from '../event-store.contract.js';

export function racing(given: Given): void {
  describe('many writers at once', () => {
    it('64 of them on streams of their own lose and double nothing', async () => {
      const written = await Promise.all(Array.from({ length: 64 }, () => writeAlone(given.store, 20)));
      const stored = await everything(given.store);
      expect(stored).toHaveLength(64 * 20);
      expect(stored.map(({ eventId }) => eventId).toSorted()).toEqual(written.flat().toSorted());
      const byStream = Map.groupBy(stored, ({ stream }) => stream);
      for (const events of byStream.values()) {
        expect(events.map(({ revision }) => revision)).toEqual(
          Array.from({ length: 20 }, (_, index) => index),
        );
      }
    });

    it('have exactly one winner for every revision they race for', async () => {
      const stream = newStream();
      const won = await Promise.all(Array.from({ length: 64 }, () => winRevisions([given.store], stream, 2)));
      await expectOneWinnerEach(given.store, stream, won.flat());
    });

    it('have so too when they change between two connections to the same data', async () => {
      const stream = newStream();
      const stores = [given.store, await given.open()];
      const racers = Array.from({ length: 16 }, (_, index) => (index % 2 ? stores : stores.toReversed()));
      const won = await Promise.all(racers.map((turns) => winRevisions(turns, stream, 5)));
      for (const store of stores) await expectOneWinnerEach(store, stream, won.flat());
    });
  });
}

async function writeAlone(store: EventStore, count: number): Promise<string[]> {
  const stream = newStream();
  const events = newEvents(count);
  for (const [index, event] of events.entries()) {
    await store.append(stream, [event], index === 0 ? 'no_stream' : index - 1);
  }
  return events.map(({ eventId }) => eventId);
}

/** Appends `wanted` events through each store in turn, trying again at the revision that a refusal names. */
async function winRevisions(
  stores: readonly EventStore[],
  stream: string,
  wanted: number,
): Promise<{ event: NewEvent; revision: number }[]> {
  const won: { event: NewEvent; revision: number }[] = [];
  let expected: ExpectedRevision = 'no_stream';
  for (let turn = 0; won.length < wanted; turn += 1) {
    const store = stores[turn % stores.length];
    if (!store) break;
    const event = newEvent();
    try {
      const { revision } = await store.append(stream, [event], expected);
      won.push({ event, revision });
      expected = revision;
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
      expect(error.actual).not.toBe(expected);
      expected = error.actual;
    }
  }
  return won;
}

async function expectOneWinnerEach(
  store: EventStore,
  stream: string,
  won: { event: NewEvent; revision: number }[],
): Promise<void> {
  const byRevision = won.toSorted((a, b) => a.revision - b.revision);
  expect(byRevision.map(({ revision }) => revision)).toEqual(won.map((_, index) => index));
  const stored = await store.read(stream);
  expect(stored.map(({ eventId }) => eventId)).toEqual(byRevision.map(({ event }) => event.eventId));
}
