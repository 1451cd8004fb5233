import { describe, expect, it } from '@jest/globals';
import { HabeasError } from '../../../src/errors.js';
import { InvalidAppend, RevisionConflict } from '../../../src/event-store/errors.js';
import type { EventStore } from '../../../src/event-store/event-store.js';
import { everything, failureOf, newEvent, newEvents, newStream } from '../../support/store-events.js';
import type { Given } from '../event-store.contract.js';

export function refusing(given: Given): void {
  describe('refusing an append', () => {
    it.each([
      { expected: 'no_stream', actual: 1 },
      { expected: 0, actual: 1 },
      { expected: 2, actual: 1 },
    ] as const)('that expects $expected where the stream stands at $actual', async ({ expected, actual }) => {
      const stream = newStream();
      await given.store.append(stream, newEvents(2), 'no_stream');
      const failure = await refusalOf(given.store, () => given.store.append(stream, newEvents(2), expected));
      expect(failure).toBeInstanceOf(RevisionConflict);
      expect(failure).toMatchObject({ stream, expected, actual });
    });

    it('that expects a revision of a stream that is not there', async () => {
      const stream = newStream();
      const failure = await refusalOf(given.store, () => given.store.append(stream, newEvents(2), 0));
      expect(failure).toBeInstanceOf(RevisionConflict);
      expect(failure).toMatchObject({ expected: 0, actual: 'no_stream' });
    });

    it('of which only some events are stored', async () => {
      const stream = newStream();
      const stored = newEvent();
      await given.store.append(stream, [stored], 'no_stream');
      const append = () => given.store.append(stream, [stored, newEvent()], 'no_stream');
      expect(await refusalOf(given.store, append)).toBeInstanceOf(HabeasError);
    });

    it('without spoiling the others that arrive with it', async () => {
      const [kept, refused, begun] = [newStream(), newStream(), newStream()];
      await given.store.append(kept, newEvents(1), 'no_stream');
      const taken = (await given.store.read(kept))[0];
      const results = await Promise.allSettled([
        given.store.append(kept, newEvents(1), 0),
        given.store.append(refused, newEvents(2), 7),
        given.store.append(kept, [newEvent({ eventId: taken?.eventId ?? '' }), newEvent()], 'no_stream'),
        given.store.append(kept, newEvents(1), 0),
        given.store.append(begun, newEvents(3), 'no_stream'),
      ]);
      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'rejected',
        'rejected',
        'fulfilled',
      ]);
      expect(await given.store.read(kept)).toHaveLength(2);
      expect(await given.store.read(refused)).toEqual([]);
      expect(await given.store.read(begun)).toHaveLength(3);
    });

    const twice = newEvent();
    it.each([
      { what: 'of nothing', events: [] },
      { what: 'with one id twice', events: [twice, twice] },
      { what: 'of text that is not Unicode', events: [newEvent({ payload: '"\ud83d"' })] },
    ])('$what', async ({ events }) => {
      const failure = await refusalOf(given.store, () =>
        given.store.append(newStream(), events, 'no_stream'),
      );
      expect(failure).toBeInstanceOf(InvalidAppend);
    });
  });
}

/** The refusal, after a look at the whole store has shown that nothing was written. */
export async function refusalOf(store: EventStore, append: () => Promise<unknown>): Promise<unknown> {
  const before = await everything(store);
  const failure = await failureOf(append());
  expect(await everything(store)).toEqual(before);
  return failure;
}
