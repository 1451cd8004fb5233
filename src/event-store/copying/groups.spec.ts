import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyContent, crossing, fill, type Content } from '../../../test/support/copies.js';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import { everything, newEvent, newEvents } from '../../../test/support/store-events.js';
import type { StoredEvent } from '../event-store.js';
import { groups, type Group } from './groups.js';

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function* oneByOne(events: readonly StoredEvent[]): AsyncGenerator<StoredEvent> {
  yield* events;
}

async function grouped(content: Content): Promise<{ events: StoredEvent[]; groups: Group[] }> {
  const events = await everything(await fill(new InMemoryEventStore(), content));
  return { events, groups: await allOf(groups(oneByOne(events))) };
}

describe('events that are appended together', () => {
  it('are those that follow each other in the store and in their stream', async () => {
    const { groups } = await grouped(crossing());
    expect(groups.map(({ stream, expected, events }) => [stream, expected, events.length])).toEqual([
      ['case-a', 'no_stream', 3],
      ['case-b', 'no_stream', 1],
      ['case-a', 2, 1],
      ['case-b', 0, 2],
      ['case-c', 'no_stream', 2],
      ['case-a', 3, 1],
    ]);
  });

  it('are those of several appends, where nothing came between', async () => {
    const { groups } = await grouped([
      ['case-a', newEvents(2)],
      ['case-a', newEvents(3)],
    ]);
    expect(groups.map(({ events }) => events.length)).toEqual([5]);
  });

  it('are all events, each once, in their order', () =>
    fc.assert(
      fc.asyncProperty(anyContent, async (content) => {
        const { events, groups } = await grouped(content);
        expect(groups.flatMap(({ events }) => events)).toEqual(events);
        for (const { stream, expected, events } of groups) {
          expect(new Set(events.map((event) => event.stream))).toEqual(new Set([stream]));
          const before = expected === 'no_stream' ? -1 : expected;
          expect(events.map(({ revision }) => revision)).toEqual(
            events.map((_, place) => before + 1 + place),
          );
        }
      }),
    ));

  it('are never more than a server takes at once, but for one that is large by itself', async () => {
    const small = newEvents(1_200);
    const large = Array.from({ length: 5 }, () => newEvent({ payload: 'я'.repeat(30_000) }));
    const huge = newEvent({ payload: 'я'.repeat(300_000) });
    const { groups } = await grouped([['case-a', [...small, ...large, huge, ...newEvents(1)]]]);
    expect(groups.map(({ events }) => events.length)).toEqual([500, 500, 202, 2, 1, 1, 1]);
  });

  it('are cut where a stream has a gap, which the target will then refuse', async () => {
    const { events } = await grouped([['case-a', newEvents(4)]]);
    const damaged = events.filter(({ revision }) => revision !== 1);
    const found = await allOf(groups(oneByOne(damaged)));
    expect(found.map(({ expected }) => expected)).toEqual(['no_stream', 1]);
  });
});
