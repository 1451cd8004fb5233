import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import { ledgerOn } from '../../../test/support/ledgers.js';
import { everything, failureOf, newEvent } from '../../../test/support/store-events.js';
import { caseIdOf, CASE_STREAMS } from '../../cases/case-stream.js';
import type { EventStore, Position, StoredEvent } from '../../event-store/event-store.js';
import { SharedPlaces } from './shared-places.js';
import type { CountedContent } from '../content/content.js';
import type { SharedPlace } from './report-issued.js';

const ENVELOPE = {
  recordedAt: '2020-02-07T12:00:00.000Z',
  recordedBy: 'somebody',
  correlationId: 'x',
  causationId: 'y',
};

/** Cases, the register, and what figures know nothing of. */
const STREAMS = ['case-a', 'case-b', 'case-c', 'campaign-a', 'estimate-a', 'reports', 'access-2020'];
const written = fc.array(fc.constantFrom(...STREAMS), { maxLength: 30 });

/** Events in these streams, in this order, as the service writes them. */
async function storeOf(streams: readonly string[]): Promise<EventStore> {
  const store = new InMemoryEventStore();
  const ledger = ledgerOn(store);
  for (const [n, stream] of streams.entries()) {
    const before = await store.read(stream);
    const event = { eventId: v7(), type: 'NoteAdded', data: { n } };
    await ledger.append(stream, [event], ENVELOPE, before.at(-1)?.revision ?? 'no_stream');
  }
  return store;
}

/** Another store with the same events in the same order: its positions are others, for it has events of its own between them. */
async function copyOf(
  store: EventStore,
  {
    digits = 20,
    change = (events) => events,
  }: { digits?: number; change?: (events: StoredEvent[]) => StoredEvent[] } = {},
): Promise<EventStore> {
  const copy = new InMemoryEventStore((events) => [...events], digits);
  for (const { stream, revision: _, position: __, ...event } of change(await everything(store))) {
    await copy.append('system', [newEvent(), newEvent()], 'no_stream');
    await copy.append(stream, [event], 'no_stream');
  }
  return copy;
}

function placesIn(store: EventStore): SharedPlaces {
  const openings = async (): Promise<StoredEvent[]> =>
    (await everything(store, undefined, { prefixes: [CASE_STREAMS] })).filter(
      ({ revision }) => revision === 0,
    );
  return new SharedPlaces({
    store,
    shown: async () => undefined,
    openings: {
      openedUpTo: async (upTo) => (await openings()).filter(({ position }) => position <= upTo).length,
      openedAs: async (nth) => {
        const opening = (await openings())[nth - 1];
        return opening && { caseId: caseIdOf(opening.stream), position: opening.position };
      },
    },
  });
}

/** A report that was issued of this state. */
const issueOf = (position: Position, place?: SharedPlace) => ({
  issueId: 'the report',
  content: {
    basis: { asOf: '2020-02-07', knownAt: ENVELOPE.recordedAt, position, filters: {} },
  } as CountedContent,
  ...(place && { place }),
});

const COUNTED = { prefixes: ['case-', 'campaign-', 'estimate-', 'recommendation-'] };

/** The ids of all that counts up to there. */
const upTo = async (store: EventStore, end: Position): Promise<string[]> =>
  (await everything(store, undefined, COUNTED))
    .filter(({ position }) => position <= end)
    .map(({ eventId }) => eventId);

describe('the state of which a report is', () => {
  it('is the same in its own store and in every copy, whatever positions that gives', async () => {
    await fc.assert(
      fc.asyncProperty(written, fc.constantFrom(12, 20), async (streams, digits) => {
        const store = await storeOf(streams);
        const copy = await copyOf(store, { digits });
        for (const position of ['', ...(await everything(store)).map((event) => event.position)]) {
          const there = await upTo(store, position);
          const issue = issueOf(position, await placesIn(store).at(position));
          for (const one of [store, copy])
            expect(await upTo(one, await placesIn(one).positionOf(issue))).toEqual(there);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is counted from the last case that was opened, and names none', async () => {
    const store = await storeOf([
      'estimate-a',
      'case-a',
      'access-2020',
      'case-b',
      'case-a',
      'reports',
      'estimate-a',
    ]);
    const places = await Promise.all(
      (await everything(store)).map(({ position }) => placesIn(store).at(position)),
    );
    expect(places.map(({ opened, since }) => [opened, since])).toEqual([
      [0, 1],
      [1, 0],
      [1, 0],
      [2, 0],
      [2, 1],
      [2, 1],
      [2, 2],
    ]);
    expect(JSON.stringify(places)).not.toMatch(/case-|estimate-/);
  });

  it('is a register in which nothing is recorded, where figures know of nothing that is', async () => {
    const store = await storeOf(['access-2020', 'reports']);
    const head = (await store.head())!;
    expect(await placesIn(store).at(head)).toEqual({ opened: 0, since: 0, leafHash: null });
    expect(await placesIn(store).positionOf(issueOf(head, { opened: 0, since: 0, leafHash: null }))).toBe('');
  });

  const outOfPlace = (store: EventStore, issue: ReturnType<typeof issueOf>): Promise<void> =>
    expect(failureOf(placesIn(store).positionOf(issue))).resolves.toMatchObject({
      kind: 'refused',
      code: 'issue-out-of-place',
      message: expect.stringContaining('the report'),
    });

  describe('is not taken for another one', () => {
    const ORDER = ['case-a', 'case-b', 'estimate-a', 'case-a', 'case-b', 'case-a', 'case-c'];
    /** Of these the sixth is the last that the report looked at. */
    const LAST = 5;
    const changed =
      (n: number, change: (event: StoredEvent) => Partial<StoredEvent>) =>
      (events: StoredEvent[]): StoredEvent[] =>
        events.map((event, i) => (i === n ? { ...event, ...change(event) } : event));

    const SPOILT: [what: string, change: (events: StoredEvent[]) => StoredEvent[]][] = [
      ['its last event is missing', (events) => events.toSpliced(LAST, 1)],
      ['one before it is missing', (events) => events.toSpliced(2, 1)],
      ['the end is missing', (events) => events.slice(0, LAST)],
      ['a case is missing', (events) => events.filter(({ stream }) => stream !== 'case-b')],
      ['there is nothing', () => []],
      ['one was put in before it', (events) => events.toSpliced(LAST, 0, { ...events[2]!, eventId: v7() })],
      [
        'it has changed places with the next',
        (events) => events.toSpliced(LAST, 2, events[LAST + 1]!, events[LAST]!),
      ],
      ['what it says was altered', changed(LAST, ({ payload }) => ({ payload: payload.replace('5', '6') }))],
      [
        'what is said of it was altered',
        changed(LAST, ({ metadata }) => ({ metadata: metadata.replace('somebody', 'who knows') })),
      ],
      ['nothing of it can be read', changed(LAST, () => ({ payload: '?', metadata: '?' }))],
      ['it is of another type', changed(LAST, () => ({ type: 'Released' }))],
    ];

    it.each(SPOILT)('where %s', async (_, change) => {
      const store = await storeOf(ORDER);
      const { position } = (await everything(store))[LAST]!;
      const issue = issueOf(position, await placesIn(store).at(position));
      await expect(placesIn(await copyOf(store)).positionOf(issue)).resolves.toEqual(expect.any(String));
      await outOfPlace(await copyOf(store, { change }), issue);
    });

    it('where the cases before it are missing', async () => {
      const store = await storeOf(['case-a', 'case-b', 'estimate-a']);
      const issue = issueOf((await store.head())!, await placesIn(store).at((await store.head())!));
      await outOfPlace(await copyOf(store, { change: (events) => events.slice(2) }), issue);
    });

    it('where no place was noted, and the position is of another kind of store', async () => {
      const store = await storeOf(ORDER);
      const { position } = (await everything(store))[LAST]!;
      expect(await placesIn(store).positionOf(issueOf(position))).toBe(position);
      expect(await placesIn(store).positionOf(issueOf(''))).toBe('');
      await outOfPlace(await copyOf(store), issueOf(position));
    });
  });
});
