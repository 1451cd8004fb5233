import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Caseworker } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { send, startService, type Service } from '../support/service.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { FeedFollower } from './support/feed-follower.js';
import { PersistentCaller } from './support/persistent-caller.js';
import { faultsInFeed } from './support/recorded-once.js';

/** How long it may take until what was cut off has come back. */
const RESUMED_WITHIN_MS = 30_000;
const NOTES = 40;

describe('a caller whose connection to the service is cut', () => {
  let service: Service;
  let proxy: TcpProxy;
  let nearby: Caseworker;
  let caller: PersistentCaller;
  let caseId: string;

  beforeEach(async () => {
    service = await startService();
    proxy = await TcpProxy.start(Number(new URL(service.url).port));
    const url = `http://127.0.0.1:${proxy.port}`;
    nearby = await Caseworker.of(service);
    caller = new PersistentCaller({
      name: 'a caller',
      at: [
        nearby.at({
          keyFor: service.keyFor,
          request: (method, path, options = {}) => send(url, method, path, options),
        }),
      ],
      acknowledged: () => undefined,
      patience: () => 1_000,
    });
    caseId = await nearby.open();
  });
  afterEach(async () => {
    proxy.heal();
    await service.close();
    await proxy.stop();
  });

  const notes = async () => (await nearby.history(caseId)).slice(1);
  const recordNote = () => caller.record({ path: `/${caseId}/notes`, body: { text: 'seen' } });

  it('repeats a command that never arrived', async () => {
    const cut = proxy.cutAt('requests');
    const { revision, events } = await recordNote();
    await cut;
    expect(caller.instead).toEqual(['cut off']);
    expect(revision).toBe(1);
    expect(await notes()).toMatchObject(events);
  });

  it('is given the first answer when the command had been carried out', async () => {
    proxy.hold('replies');
    const answer = recordNote();
    await eventually(async () => (await notes()).length === 1);
    proxy.cut();
    proxy.heal();
    const { revision, events } = await answer;
    expect(caller.instead).toContain('cut off');
    expect(revision).toBe(1);
    expect(await notes()).toMatchObject(events);
    expect(events).toHaveLength(1);
  });

  it('is given it over another connection, when the one it has is half-open', async () => {
    proxy.swallow('replies');
    const answer = recordNote();
    await eventually(() => proxy.damage.spoilt > 0);
    proxy.heal();
    const { revision } = await answer;
    expect(caller.instead).toContain('late');
    expect(revision).toBe(1);
    expect(await notes()).toHaveLength(1);
  });

  it('follows the feed without a loss or a double, cut in the middle of it again and again', async () => {
    const follower = new FeedFollower(`http://127.0.0.1:${proxy.port}`, await service.keyFor('reporter'));
    for (let n = 0; n < NOTES; n += 1) {
      const cut = n % 4 === 0 ? proxy.cutAt('replies', 17 * n) : undefined;
      await nearby.record(`/${caseId}/notes`, { text: 'seen' });
      if (cut) await Promise.all([cut, nearby.record(`/${caseId}/notes`, { text: 'more' })]);
    }
    const log = (await nearby.history(caseId)).map(({ eventId }) => eventId);
    await eventually(() => follower.seen.length >= log.length, RESUMED_WITHIN_MS);
    expect(faultsInFeed(follower.eventIds, log)).toEqual([]);
    expect(follower.begun).toBeGreaterThan(NOTES / 4);
    await follower.stop();
  });
});
