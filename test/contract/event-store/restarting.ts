import { describe, expect, it } from '@jest/globals';
import { RevisionConflict, StoreUnavailable } from '../../../src/event-store/errors.js';
import { everything, failureOf, newEvents, newStream } from '../../support/store-events.js';
import type { Given } from '../event-store.contract.js';

export function restarting(given: Given): void {
  describe('closing and opening again', () => {
    it('keeps every event, with its position', async () => {
      for (let round = 0; round < 5; round += 1)
        await given.store.append(newStream(), newEvents(3), 'no_stream');
      const before = await everything(given.store);
      await given.store.close();
      expect(await everything(await given.open())).toEqual(before);
    });

    it('goes on where it stood: revisions, positions, known ids', async () => {
      const stream = newStream();
      const events = newEvents(2);
      const first = await given.store.append(stream, events, 'no_stream');
      await given.store.close();
      const store = await given.open();
      expect(await store.append(stream, events, 'no_stream')).toEqual({ ...first, alreadyStored: true });
      expect(await failureOf(store.append(stream, newEvents(1), 0))).toBeInstanceOf(RevisionConflict);
      const next = await store.append(stream, newEvents(1), 1);
      expect(next.revision).toBe(2);
      expect(next.position > first.position).toBe(true);
    });

    it('lets a reader go on after the position it remembers', async () => {
      await given.store.append(newStream(), newEvents(3), 'no_stream');
      const remembered = await given.store.head();
      await given.store.close();
      const store = await given.open();
      const events = newEvents(2);
      await store.append(newStream(), events, 'no_stream');
      const rest = await everything(store, remembered);
      expect(rest.map(({ eventId }) => eventId)).toEqual(events.map(({ eventId }) => eventId));
    });

    it('answers the appends that were under way', async () => {
      const appends = Array.from({ length: 300 }, () =>
        given.store.append(newStream(), newEvents(1), 'no_stream'),
      );
      await Promise.all([given.store.close(), ...appends]);
      expect(await everything(await given.open())).toHaveLength(300);
    });

    it('takes nothing once closed', async () => {
      await given.store.close();
      const append = given.store.append(newStream(), newEvents(1), 'no_stream');
      expect(await failureOf(append)).toBeInstanceOf(StoreUnavailable);
      expect(await failureOf(given.store.read(newStream()))).toBeInstanceOf(StoreUnavailable);
      expect(await failureOf(given.store.checkWritable())).toBeInstanceOf(StoreUnavailable);
      await given.store.close();
      expect(await everything(await given.open())).toEqual([]);
    });
  });
}
