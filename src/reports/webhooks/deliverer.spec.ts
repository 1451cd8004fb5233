import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { genuineIn } from '../../../examples/webhook-receiver.js';
import { DATABASES, type FreshDatabase } from '../../../test/support/databases.js';
import { status } from '../../../test/support/receiver.js';
import { ADDRESS, DAY, webhooksOn, type WebhooksAtWork } from '../../../test/support/webhooks-at-work.js';
import { MOST_TRIES } from './back-off.js';

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

  it('is told ids and codes of what is recorded after it was made, in order, and nothing else', async () => {
    await at.record(1);
    await at.add();
    const [first, second] = await at.record(2);
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
    await at.record(1);
    await at.deliver();
    expect(at.receiver.arrivals).toHaveLength(2);
    for (const { url: to, headers, body } of at.receiver.arrivals) {
      const genuine = [secret, ofAnother].map((one) => genuineIn(headers, body, [one], at.work.clock.now()));
      expect(genuine).toEqual([to === ADDRESS, to === url]);
    }
  });

  it('may want some types only', async () => {
    await at.add({ types: ['Released'] });
    await at.record(2, 'Arrested');
    const [released] = await at.record(1, 'Released');
    await at.deliver();
    expect(at.receiver.eventIds).toEqual([released]);
  });

  it('is told of many events at once, and of no more than a hundred', async () => {
    await at.add();
    const ids = await at.record(250);
    await at.deliver();
    expect(at.receiver.arrivals.map(({ events }) => events.length)).toEqual([100, 100, 50]);
    expect(at.receiver.eventIds).toEqual(ids);
    expect(new Set(at.receiver.messageIds).size).toBe(3);
    await at.deliver();
    expect(at.receiver.arrivals).toHaveLength(3);
  });

  it('is tried again with the same message after a pause, signed anew, and what came later waits', async () => {
    const { webhookId } = await at.add();
    const [first] = await at.record(1);
    at.receiver.react = () => status(500);
    await at.deliver();
    const [second] = await at.record(1);
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
    await at.record(1);
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
    const [poison] = await at.record(1);
    at.receiver.react = ({ events }) => status(events.some(({ eventId }) => eventId === poison) ? 422 : 204);
    await at.deliver();
    // Of the same case, too.
    const later = await at.record(2);
    at.work.clock.forward(DAY);
    await at.deliverFor(MOST_TRIES - 1);
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
    await at.deliverFor(3);
    expect(at.receiver.arrivals).toHaveLength(MOST_TRIES + 1);
    expect(at.log).toContainEqual(expect.objectContaining({ event: 'webhook parked', level: 'error' }));
  });

  it('is sent what was put aside as if it were new, when somebody says so', async () => {
    const { webhookId } = await at.add();
    const ids = await at.record(1);
    at.receiver.react = () => status(500);
    await at.deliverFor(MOST_TRIES);
    ids.push(...(await at.record(1)));
    await at.deliverFor(MOST_TRIES);
    const [first, second] = await at.parked.of(webhookId);
    expect(await at.parked.retry(webhookId, [first!.messageId])).toEqual([first!.messageId]);
    // It may fail ten times again.
    await at.deliverFor(MOST_TRIES);
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
    await at.record(1);
    at.receiver.react = () => status(410);
    await at.deliver();
    await at.record(1);
    await at.deliverFor(3);
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
      await at.record(1);
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
    await at.record(1);
    await at.deliver();
    const [{ headers, body } = { headers: {}, body: '' }] = at.receiver.arrivals;
    expect(genuineIn(headers, body, [leaked], at.work.clock.now())).toBe(false);
  });

  it('that is deleted is sent nothing more, and nothing is left that could sign for it', async () => {
    const { webhookId } = await at.add();
    const { webhookId: other } = await at.add({ label: 'another' });
    await at.record(1);
    at.receiver.react = () => status(500);
    await at.deliver();
    await at.webhooks.remove(webhookId);
    const before = at.receiver.arrivals.length;
    at.receiver.react = () => status(204);
    await at.deliverFor(3);
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
    await at.record(1);
    at.receiver.react = async () => {
      await at.webhooks.remove(webhookId);
      return status(500);
    };
    await at.deliverFor(3);
    expect(at.receiver.arrivals).toHaveLength(1);
    expect(at.log).toEqual([]);
  });

  it('knows of a lost secret, and leaves the receiver alone', async () => {
    const { webhookId } = await at.add();
    await at.record(1);
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
    await at.record(1);
    at.receiver.react = () => status(500);
    await at.deliver();
    expect(at.log).toMatchObject([
      { event: 'webhook failed', webhookId, host: 'reports.example.org', attempts: 1, code: 'status-500' },
    ]);
    expect(JSON.stringify(at.log)).not.toMatch(/token-7|Alena/);
  });
});
