import fc, { type Arbitrary } from 'fast-check';
import type { Comparison } from '../../src/event-store/copying/compare-stores.js';
import type { Watch } from '../../src/event-store/copying/watch.js';
import type { EventStore, NewEvent, StoredEvent } from '../../src/event-store/event-store.js';
import { everything, newEvent } from './store-events.js';

/** Nobody waits, and nothing is waited for long. */
export const quietly = (more: Partial<Watch> = {}): Watch => ({
  show: () => undefined,
  trouble: () => undefined,
  signal: new AbortController().signal,
  patience: { forMs: 30_000, everyMs: 0 },
  ...more,
});

/** What goes into a store: the stream, and an append to it. */
export type Content = readonly (readonly [stream: string, events: readonly NewEvent[]])[];

/** Streams that cross each other, with texts of every kind. */
export const anyContent: Arbitrary<Content> = fc.array(
  fc.tuple(
    fc.constantFrom('case-a', 'case-b', 'case-c', 'estimate-a'),
    fc.array(
      fc
        .record({
          eventId: fc.uuid(),
          type: fc.constantFrom('Arrested', 'CaseMerged'),
          payload: fc.string({ unit: 'grapheme' }),
          metadata: fc.json(),
        })
        .map((event) => newEvent(event)),
      { minLength: 1, maxLength: 4 },
    ),
  ),
  { maxLength: 25 },
);

export async function fill<T extends EventStore>(store: T, content: Content): Promise<T> {
  const revisions = new Map<string, number>();
  for (const [stream, events] of content) {
    const before = revisions.get(stream);
    await store.append(stream, events, before ?? 'no_stream');
    revisions.set(stream, (before ?? -1) + events.length);
  }
  return store;
}

/** Three streams that cross each other, ten events. */
export const crossing = (): Content => [
  ['case-a', [newEvent({ type: 'CaseOpened' }), newEvent(), newEvent()]],
  ['case-b', [newEvent({ type: 'CaseOpened', payload: '{"n":1}' })]],
  ['case-a', [newEvent({ payload: '{"n":2}' })]],
  ['case-b', [newEvent({ payload: '{"n":3}' }), newEvent()]],
  ['case-c', [newEvent({ type: 'CaseOpened' }), newEvent()]],
  ['case-a', [newEvent({ type: 'CaseMerged' })]],
];

/** What a copy has to have in common with what it was made from. */
export const withoutPositions = async (store: EventStore): Promise<Omit<StoredEvent, 'position'>[]> =>
  (await everything(store)).map(({ position: _, ...event }) => event);

export const figures = ({ same, source, target, difference }: Comparison): object => ({
  same,
  source: source.events,
  target: target.events,
  place: difference?.place,
});
