import { describe, expect, it } from '@jest/globals';
import { EventIdTaken } from '../../../src/event-store/errors.js';
import { everything, newEvent, newEvents, newStream } from '../../support/store-events.js';
import type { Given } from '../event-store.contract.js';
import { refusalOf } from './refusing.js';

/** What a store can promise that has every id in one place. */
export function knowingAllIds(given: Given): void {
  describe('knowing all ids', () => {
    it('refuses one that belongs to an event of another stream', async () => {
      const taken = newEvent();
      await given.store.append(newStream(), [taken], 'no_stream');
      const append = () => given.store.append(newStream(), [newEvent(), taken], 'no_stream');
      const failure = await refusalOf(given.store, append);
      expect(failure).toBeInstanceOf(EventIdTaken);
      expect(failure).toMatchObject({ eventId: taken.eventId });
    });

    it('gives the first answer whatever revision is expected, and whatever has come since', async () => {
      const stream = newStream();
      await given.store.append(stream, newEvents(2), 'no_stream');
      const events = newEvents(2);
      const first = await given.store.append(stream, events, 1);
      await given.store.append(stream, newEvents(2), 3);
      for (const expected of ['no_stream', 0, 1, 3, 5, 99] as const) {
        expect(await given.store.append(stream, events, expected)).toEqual({ ...first, alreadyStored: true });
      }
      expect(await given.store.read(stream)).toHaveLength(6);
    });

    it('refuses an append of which only some ids are stored', async () => {
      const stream = newStream();
      const stored = newEvent();
      await given.store.append(stream, [stored], 'no_stream');
      const append = () => given.store.append(stream, [stored, newEvent()], 0);
      expect(await refusalOf(given.store, append)).toBeInstanceOf(EventIdTaken);
    });

    it('lets one be used once, whichever connection is used', async () => {
      const stores = [given.store, await given.open()];
      const event = newEvent();
      const streams = Array.from({ length: 10 }, () => newStream());
      const results = await Promise.allSettled(
        streams.map((stream, index) =>
          (stores[index % 2] ?? given.store).append(stream, [event], 'no_stream'),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await everything(given.store)).toHaveLength(1);
    });
  });
}
