import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES, type FreshDatabase } from '../../../test/support/databases.js';
import { eventually } from '../../../test/support/eventually.js';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import { seededRandom } from '../../../test/support/random.js';
import { silence, status, type Arrival } from '../../../test/support/receiver.js';
import { ADDRESS, DAY, webhooksOn, type WebhooksAtWork } from '../../../test/support/webhooks-at-work.js';

const LEASE_SECONDS = 30;

describe.each(DATABASES)('a webhook with its state in %s', (_, fresh) => {
  let database: FreshDatabase;
  let at: WebhooksAtWork;

  beforeEach(async () => {
    database = await fresh();
    at = await webhooksOn(database);
  });
  afterEach(async () => {
    await at.close();
    await database.remove();
  });

  it('that is slow holds up no other', async () => {
    const { webhookId: slow } = await at.add({ url: 'https://slow.example.org' });
    await at.add();
    at.receiver.react = (arrival, signal) =>
      arrival.url === ADDRESS ? status(204) : silence(arrival, signal);
    const ids = await at.record(1);
    await at.deliverer.look();
    await eventually(() => at.tries.length === 1);
    ids.push(...(await at.record(1)));
    await eventually(async () => {
      await at.deliverer.look();
      return at.tries.length === 2;
    });
    const ofTheOther = at.receiver.arrivals.filter(({ url }) => url === ADDRESS);
    expect(ofTheOther.flatMap(({ events }) => events.map(({ eventId }) => eventId))).toEqual(ids);
    expect((await at.state(slow)).outstanding).toEqual({ waiting: 0, leased: 1, parked: 0 });
    await at.deliverer.stop(0);
  });

  it('is delivered to by one of several processes', async () => {
    await at.add();
    const other = await at.another();
    const ids: string[] = [];
    for (let turn = 0; turn < 10; turn++) {
      ids.push(...(await at.record(3)));
      await Promise.all([at.deliver(), other.deliver()]);
    }
    await Promise.all([at.deliver(), other.deliver()]);
    const received = [...at.receiver.eventIds, ...other.receiver.eventIds];
    expect(received.toSorted()).toEqual(ids);
  });

  it('is delivered to by another process when one has died in the middle, when its lease has run out', async () => {
    await at.add();
    const ids = await at.record(2);
    at.receiver.react = silence;
    await at.deliverer.look();
    await eventually(() => at.receiver.arrivals.length === 1);
    // Nothing is heard of that process any more.
    const other = await at.another();
    at.work.clock.forward(LEASE_SECONDS - 1);
    await other.deliver();
    expect(other.receiver.arrivals).toEqual([]);
    at.work.clock.forward(2);
    await other.deliver();
    expect(other.receiver.eventIds).toEqual(ids);
    expect(other.receiver.messageIds).toEqual(at.receiver.messageIds);
    await at.deliverer.stop(0);
  });

  it('waits for no lease when a process ends in order in the middle of a try', async () => {
    const { webhookId } = await at.add();
    const ids = await at.record(1);
    at.receiver.react = silence;
    await at.deliverer.look();
    await eventually(() => at.receiver.arrivals.length === 1);
    await at.deliverer.stop(0);
    await at.deliverer.look();
    expect(at.receiver.arrivals).toHaveLength(1);
    expect(await at.state(webhookId)).toMatchObject({ failingSince: null, outstanding: { waiting: 1 } });
    const next = await at.another();
    await next.deliver();
    expect(next.receiver.eventIds).toEqual(ids);
  });

  it('is held up, and says so, when the store does not go as far as it was told; others go on', async () => {
    const { webhookId } = await at.add();
    await at.record(3);
    await at.deliver();
    const restored = await at.another(new InMemoryEventStore());
    await restored.add({ url: 'https://new.example.org' });
    const told = await restored.work.record('b');
    await restored.deliver();
    expect(restored.receiver.eventIds).toEqual([told]);
    expect(await restored.state(webhookId)).toMatchObject({ failure: 'consumer-ahead' });
  });

  it.each([1, 2])(
    'misses nothing and gets it in order, whatever it and the processes do (%d)',
    async (seed) => {
      const random = seededRandom(seed);
      await at.add();
      const processes = [at, await at.another()];
      const taken: string[] = [];
      const ids: string[] = [];
      for (const { receiver } of processes)
        receiver.react = ({ events }, signal) => {
          const chance = random();
          if (chance < 0.3) return status(500);
          taken.push(...events.map(({ eventId }) => eventId));
          if (chance < 0.5) return { status: undefined, code: 'not-reached' };
          // Nothing is heard of this process any more.
          if (chance < 0.55) return silence({} as Arrival, signal);
          return status(200);
        };
      for (let turn = 0; turn < 40; turn++) {
        ids.push(...(await at.record(Math.floor(random() * 3))));
        const one = processes[Math.floor(random() * processes.length)]!;
        await one.deliverer.look();
        await Promise.race([one.deliverer.idle(), setImmediate(undefined)]);
        at.work.clock.forward(Math.floor(random() * 40));
      }
      for (const { deliverer } of processes) await deliverer.stop(0);
      const last = await at.another();
      for (let turn = 0; turn < 3; turn++) {
        at.work.clock.forward(DAY);
        await last.deliver();
      }
      const first = [...new Set([...taken, ...last.receiver.eventIds])];
      expect(first).toEqual(ids);
    },
  );
});
