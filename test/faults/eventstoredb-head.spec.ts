import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import { newEvent } from '../support/store-events.js';
import { Line } from './support/line.js';

let line: Line;
let store: EventStoreDBEventStore;
beforeEach(async () => {
  line = await Line.start();
  store = line.openStore();
});
afterEach(async () => {
  await store.close();
  await line.stop();
});

/** As a server does that nobody writes to. */
function keepStatistics(events: number): void {
  const empty = Buffer.from('{}');
  for (let n = 0; n < events; n += 1) {
    const event = { id: randomUUID(), type: '$statsCollected', contentType: 'application/json' };
    line.node.data.append('$stats-127.0.0.1:2113', 'any', [{ ...event, data: empty, metadata: empty }]);
  }
}

it.each([0, 7, 8, 9, 1_000])(
  'the last event is found behind %d of the server’s own, and again when there are more of them',
  async (own) => {
    keepStatistics(own);
    expect(await store.head()).toBeUndefined();
    const { position } = await store.append('case-1', [newEvent()], 'no_stream');
    keepStatistics(own);
    const another = line.openStore();
    expect(await another.head()).toBe(position);
    keepStatistics(own);
    expect([await another.head(), await store.head()]).toEqual([position, position]);
    await another.close();
  },
);
