import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { genuineIn } from '../../../examples/webhook-receiver.js';
import { DATABASES, type FreshDatabase } from '../../../test/support/databases.js';
import { eventually } from '../../../test/support/eventually.js';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import { seededRandom } from '../../../test/support/random.js';
import { silence, status, type Arrival } from '../../../test/support/receiver.js';
import { ADDRESS, webhooksOn, type WebhooksAtWork } from '../../../test/support/webhooks-at-work.js';
import { MOST_TRIES } from './back-off.js';

const DAY = 24 * 3_600;
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

  const record = async (count: number, type?: string): Promise<string[]> => {
    const ids: string[] = [];
    for (let made = 0; made < count; made++) ids.push(await at.work.record('a', type));
    return ids;
  };
  /** Tries again and again, whatever the pauses. */
  const deliverFor = async (tries: number): Promise<void> => {
    for (let tried = 0; tried < tries; tried++) {
      await at.deliver();
      at.work.clock.forward(DAY);
    }
  };

  it('is told ids and codes of what is recorded after it was made, in order, and nothing else', async () => {
    await record(1);
    await at.add();
    const [first, second] = await record(2);
    await at.deliver();
    expect(at.receiver.arrivals).toHaveLength(1);
    const [{ url, body, events } = { url: '', body: '', events: [] }] = at.receiver.arrivals;
    expect(url).toBe(ADDRESS);
    expect(events).toEqual(
      [first, second].map((eventId) => ({
        eventId,
        caseId: 'a',
        type: 'Arrested',
        position: expect.any(String),
        recordedAt: '2020-01-27T10:00:00.000Z',
      })),
    );
    expect(Object.keys(JSON.parse(body) as object)).toEqual(['type', 'timestamp', 'data']);
    expect(events[0]!.position < events[1]!.position).toBe(true);
  });

  it('can tell that a delivery is from here', async () => {
    const { secret } = await at.add();
    const url = 'https://another.example.org';
    const { secret: ofAnother } = await at.add({ url });
    await record(1);
    await at.deliver();
    expect(at.receiver.arrivals).toHaveLength(2);
    for (const { url: to, headers, body } of at.receiver.arrivals) {
      const genuine = [secret, ofAnother].map((one) => genuineIn(headers, body, [one], at.work.clock.now()));
      expect(genuine).toEqual([to === ADDRESS, to === url]);
    }
  });

  it('may want some types only', async () => {
    await at.add({ types: ['Released'] });
    await record(2, 'Arrested');
    const [released] = await record(1, 'Released');
    await at.deliver();
    expect(at.receiver.eventIds).toEqual([released]);
  });

  it('is told of many events at once, and of no more than a hundred', async () => {
    await at.add();
    const ids = await record(250);
    await at.deliver();
    expect(at.receiver.arrivals.map(({ events }) => events.length)).toEqual([100, 100, 50]);
    expect(at.receiver.eventIds).toEqual(ids);
    expect(new Set(at.receiver.messageIds).size).toBe(3);
    await at.deliver();
    expect(at.receiver.arrivals).toHaveLength(3);
  });

  it('is tried again with the same message after a pause, signed anew, and what came later waits', async () => {
    const { webhookId } = await at.add();
    const [first] = await record(1);
    at.receiver.react = () => status(500);
    await at.deliver();
    const [second] = await record(1);
    at.work.clock.forward(4);
    await at.deliver();
    expect(at.receiver.arrivals).toHaveLength(1);
    expect(await at.state(webhookId)).toMatchObject({
      failingSince: '2020-01-27T10:00:00.000Z',
      failure: 'status-500',
      deliveredAt: null,
      outstanding: { waiting: 1, leased: 0, parked: 0 },
    });
    at.receiver.react = () => status(200);
    at.work.clock.forward(2);
    await at.deliver();
    expect(at.receiver.eventIds).toEqual([first, first, second]);
    const [one, again] = at.receiver.arrivals;
    expect(again!.body).toBe(one!.body);
    expect(again!.headers['webhook-id']).toBe(one!.headers['webhook-id']);
    expect(again!.headers['webhook-timestamp']).not.toBe(one!.headers['webhook-timestamp']);
    expect(await at.state(webhookId)).toMatchObject({
      failingSince: null,
      failure: null,
      deliveredAt: '2020-01-27T10:00:06.000Z',
      outstanding: { waiting: 0, leased: 0, parked: 0 },
    });
  });

  it('is left alone for as long as it asks', async () => {
    await at.add();
    await record(1);
    at.receiver.react = () => status(503, '3600');
    await at.deliver();
    at.work.clock.forward(3_599);
    await at.deliver();
    expect(at.receiver.arrivals).toHaveLength(1);
    at.work.clock.forward(2);
    await at.deliver();
    expect(at.receiver.arrivals).toHaveLength(2);
  });

  it('has what was tried ten times in vain put aside, while what came later goes on', async () => {
    const { webhookId } = await at.add();
    const [poison] = await record(1);
    at.receiver.react = ({ events }) => status(events.some(({ eventId }) => eventId === poison) ? 422 : 204);
    await at.deliver();
    // Of the same case, too.
    const later = await record(2);
    at.work.clock.forward(DAY);
    await deliverFor(MOST_TRIES - 1);
    expect(at.receiver.eventIds).toEqual([...Array<string>(MOST_TRIES).fill(poison!), ...later]);
    expect(at.tries).toEqual([...Array<string>(MOST_TRIES - 1).fill('failed'), 'parked', 'delivered']);
    expect((await at.state(webhookId)).outstanding).toEqual({ waiting: 0, leased: 0, parked: 1 });
    const [parked] = await at.parked.of(webhookId);
    expect(parked).toMatchObject({
      messageId: at.receiver.messageIds[0],
      code: 'status-422',
      tries: MOST_TRIES,
      events: [{ eventId: poison }],
    });
    await deliverFor(3);
    expect(at.receiver.arrivals).toHaveLength(MOST_TRIES + 1);
    expect(at.log).toContainEqual(expect.objectContaining({ event: 'webhook parked', level: 'error' }));
  });

  it('is sent what was put aside as if it were new, when somebody says so', async () => {
    const { webhookId } = await at.add();
    const ids = await record(1);
    at.receiver.react = () => status(500);
    await deliverFor(MOST_TRIES);
    ids.push(...(await record(1)));
    await deliverFor(MOST_TRIES);
    const [first, second] = await at.parked.of(webhookId);
    expect(await at.parked.retry(webhookId, [first!.messageId])).toEqual([first!.messageId]);
    // It may fail ten times again.
    await deliverFor(MOST_TRIES);
    expect(at.receiver.arrivals).toHaveLength(3 * MOST_TRIES);
    expect(await at.parked.of(webhookId)).toHaveLength(2);

    at.receiver.react = () => status(204);
    expect(await at.parked.retry(webhookId)).toEqual([first!.messageId, second!.messageId].toSorted());
    await at.deliver();
    expect(at.receiver.eventIds.slice(-2)).toEqual(ids);
    expect(await at.parked.of(webhookId)).toEqual([]);
    expect(await at.parked.retry(webhookId, [first!.messageId])).toEqual([]);
  });

  it('that says it is gone is sent nothing more', async () => {
    const { webhookId } = await at.add();
    await record(1);
    at.receiver.react = () => status(410);
    await at.deliver();
    await record(1);
    await deliverFor(3);
    expect(at.receiver.arrivals).toHaveLength(1);
    expect(await at.state(webhookId)).toMatchObject({
      goneAt: '2020-01-27T10:00:00.000Z',
      failure: 'status-410',
    });
    await expect(at.parked.retry(webhookId)).rejects.toMatchObject({ code: 'webhook-gone' });
  });

  it('is signed for with the old secret and the new one while that is changed, then with the new one', async () => {
    const { webhookId, secret: old } = await at.add();
    const { secret: next } = await at.webhooks.renewSecret(webhookId, 3_600);
    const signedWith = async (): Promise<boolean[]> => {
      await record(1);
      await at.deliver();
      const { headers, body } = at.receiver.arrivals.at(-1)!;
      return [old, next].map((one) => genuineIn(headers, body, [one], at.work.clock.now()));
    };
    expect(await signedWith()).toEqual([true, true]);
    at.work.clock.forward(3_599);
    expect(await signedWith()).toEqual([true, true]);
    at.work.clock.forward(1);
    expect(await signedWith()).toEqual([false, true]);
    expect((await at.state(webhookId)).secrets).toHaveLength(1);
  });

  it('is signed for with no secret that was told to somebody else, from that moment on', async () => {
    const { webhookId, secret: leaked } = await at.add();
    await at.webhooks.renewSecret(webhookId, 0);
    await record(1);
    await at.deliver();
    const [{ headers, body } = { headers: {}, body: '' }] = at.receiver.arrivals;
    expect(genuineIn(headers, body, [leaked], at.work.clock.now())).toBe(false);
  });

  it('that is deleted is sent nothing more, and nothing is left that could sign for it', async () => {
    const { webhookId } = await at.add();
    const { webhookId: other } = await at.add({ label: 'another' });
    await record(1);
    at.receiver.react = () => status(500);
    await at.deliver();
    await at.webhooks.remove(webhookId);
    const before = at.receiver.arrivals.length;
    at.receiver.react = () => status(204);
    await deliverFor(3);
    expect(at.receiver.arrivals).toHaveLength(before + 1);
    expect((await at.webhooks.list()).map((one) => one.webhookId)).toEqual([other]);
    for (const table of ['deliveries', 'leases', 'webhook_secrets', 'consumers'] as const) {
      const rows = await at.work.database.tables.selectFrom(table).selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain(webhookId);
    }
    const keys = await at.keys.tables.selectFrom('wrappedKey').selectAll().execute();
    expect(keys.filter(({ destroyedAt }) => destroyedAt !== null)).toHaveLength(1);
    await expect(at.webhooks.remove(webhookId)).rejects.toMatchObject({ code: 'webhook-not-found' });
  });

  it('that is deleted during a try is not tried again', async () => {
    const { webhookId } = await at.add();
    await record(1);
    at.receiver.react = async () => {
      await at.webhooks.remove(webhookId);
      return status(500);
    };
    await deliverFor(3);
    expect(at.receiver.arrivals).toHaveLength(1);
    expect(at.log).toEqual([]);
  });

  it('that is slow holds up no other', async () => {
    const { webhookId: slow } = await at.add({ url: 'https://slow.example.org' });
    await at.add();
    at.receiver.react = (arrival, signal) =>
      arrival.url === ADDRESS ? status(204) : silence(arrival, signal);
    const ids = await record(1);
    await at.deliverer.look();
    await eventually(() => at.tries.length === 1);
    ids.push(...(await record(1)));
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
      ids.push(...(await record(3)));
      await Promise.all([at.deliver(), other.deliver()]);
    }
    await Promise.all([at.deliver(), other.deliver()]);
    const received = [...at.receiver.eventIds, ...other.receiver.eventIds];
    expect(received.toSorted()).toEqual(ids);
  });

  it('is delivered to by another process when one has died in the middle, when its lease has run out', async () => {
    await at.add();
    const ids = await record(2);
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
    const ids = await record(1);
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
    await record(3);
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
        ids.push(...(await record(Math.floor(random() * 3))));
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

  it('knows of a lost secret, and leaves the receiver alone', async () => {
    const { webhookId } = await at.add();
    await record(1);
    await at.keys.tables.deleteFrom('wrappedKey').where('keyId', '<>', 'service').execute();
    await at.deliver();
    expect(at.receiver.arrivals).toEqual([]);
    expect(await at.state(webhookId)).toMatchObject({ failure: 'key-lost' });
    const line = { event: 'webhook held up', level: 'error', webhookId, code: 'key-lost' };
    expect(at.log).toContainEqual(expect.objectContaining(line));
    at.work.clock.forward(30);
    await at.deliver();
    expect(at.log).toHaveLength(1);
  });

  it('is spoken of in the log by its id and its host', async () => {
    const { webhookId } = await at.add({ label: 'Alena’s desk' });
    await record(1);
    at.receiver.react = () => status(500);
    await at.deliver();
    expect(at.log).toMatchObject([
      { event: 'webhook failed', webhookId, host: 'reports.example.org', attempts: 1, code: 'status-500' },
    ]);
    expect(JSON.stringify(at.log)).not.toMatch(/token-7|Alena/);
  });
});
