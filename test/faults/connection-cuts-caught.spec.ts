import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { Caseworker } from '../support/caseworker.js';
import { listen } from '../support/eventstoredb-double/given-double.js';
import { eventually } from '../support/eventually.js';
import { startService, type Service } from '../support/service.js';
import { facts, isFact } from '../support/store-events.js';
import { cutLine } from './support/connection-cut.js';
import { FeedFollower } from './support/feed-follower.js';
import { Line } from './support/line.js';
import { PersistentCaller } from './support/persistent-caller.js';
import { faultsInFeed, faultsInLog, type Acknowledged } from './support/recorded-once.js';

const LONG = 120_000;

describe('what the tests of cut connections look at would show', () => {
  const command = (key: string, caseId: string, revision: number, ...eventIds: string[]): Acknowledged => ({
    key,
    answer: { caseId, revision, events: eventIds.map((eventId) => ({ eventId, type: 'NoteAdded' })) },
  });
  const event = (eventId: string, stream: string, revision: number) => ({ eventId, stream, revision });
  const told = [command('1', 'x', 0, 'a'), command('2', 'x', 1, 'b')];
  const [a, b] = [event('a', 'case-x', 0), event('b', 'case-x', 1)];

  it.each([
    ['a command that is lost', [a], '2 was acknowledged and is lost'],
    ['a command that was carried out twice', [a, b, event('b', 'case-x', 2)], '2 stands 2 times'],
    ['the same with other ids', [a, b, event('c', 'case-x', 2)], 'nobody was told of c'],
    ['an answer with a wrong revision', [b, a], '1 does not stand where it was acknowledged'],
    [
      'one with a wrong case',
      [a, event('b', 'case-y', 1), event('c', 'case-y', 0)],
      '2 does not stand where it was acknowledged',
    ],
    ['a gap', [a, event('b', 'case-x', 2)], 'case-x has revision 2 where 1 should stand'],
  ])('%s', (what, log, fault) => {
    const wrong = what.includes('wrong revision') ? [command('1', 'x', 7, 'a'), told[1]!] : told;
    expect(faultsInLog(told, [a, b])).toEqual([]);
    expect(faultsInLog(wrong, log)).toContain(fault);
  });

  it('a command that was answered with two events, or with none', () => {
    for (const eventIds of [[], ['a', 'b']]) {
      expect(faultsInLog([command('1', 'x', 0, ...eventIds)], [a])).toContain(
        `1 was answered with ${eventIds.length} events`,
      );
    }
  });

  it.each([
    ['an event that nobody brought', ['a', 'c'], ['b was not seen']],
    ['one that came twice', ['a', 'b', 'b', 'c'], ['b was seen 2 times']],
    ['one that came too early', ['a', 'c', 'b'], ['c was seen out of order']],
    ['one that is not there', ['a', 'b', 'c', 'd'], ['d was seen out of order']],
  ])('%s', (_, seen, faults) => {
    expect(faultsInFeed(['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual([]);
    expect(faultsInFeed(seen, ['a', 'b', 'c'])).toEqual(faults);
  });
});

describe('they would catch', () => {
  let line: Line;
  let service: Service;
  let follower: FeedFollower;

  beforeEach(async () => {
    line = await Line.start();
    service = await startService({ env: { EVENTSTORE_URL: line.url } });
    follower = new FeedFollower(service.url, await service.keyFor('reporter'));
  }, LONG);
  afterEach(async () => {
    line.node.faults.clear();
    await follower.stop();
    await service.close();
    await line.stop();
  });

  /** Puts something worse in the place of the service's own way to append, for one append. */
  function breakOnce(worse: (append: EventStore['append']) => EventStore['append']): void {
    const store = service.app.get(EventStore);
    const append = store.append.bind(store);
    store.append = (...args) => {
      store.append = append;
      return worse(append)(...args);
    };
  }

  /** What is wrong after some commands, one of which is cut off. */
  async function faultsAfterACut(beforeTheNote: () => void): Promise<string[]> {
    const acknowledged: Acknowledged[] = [];
    const caller = new PersistentCaller({
      name: 'a caller',
      at: [await Caseworker.of(service)],
      acknowledged: (command) => acknowledged.push(command),
    });
    const opening = { person: { names: [{ form: 'Somebody' }], roles: ['protester'] } };
    const { caseId } = await caller.record({ path: '', body: opening });
    const note = { path: `/${caseId}/notes`, body: { text: 'seen' } };
    beforeTheNote();
    await caller.record(note);
    await Promise.all([caller.record(note), cutLine(line, 'before the reply', () => 0.5)]);
    const store = line.openStoreNearby();
    const log = await facts(store);
    await store.close();
    return faultsInLog(acknowledged, log);
  }

  it('nothing in a store that is as it should be', async () => {
    expect(await faultsAfterACut(() => undefined)).toEqual([]);
  });

  it('a store that appends again what it has appended, where the stream stands by then', async () => {
    const faults = await faultsAfterACut(() =>
      breakOnce((append) => async (stream, events, expected) => {
        const result = await append(stream, events, expected);
        await append(stream, events, result.revision);
        return result;
      }),
    );
    expect(faults).toEqual(['a caller 2 stands 2 times']);
  });

  it('a store that acknowledges what is not in it', async () => {
    const faults = await faultsAfterACut(() =>
      breakOnce(() => async (_, __, expected) => ({
        revision: Number(expected) + 1,
        position: '',
        alreadyStored: false,
      })),
    );
    expect(faults).toContain('a caller 2 was acknowledged and is lost');
  });

  it(
    'a subscription that hands on what is delivered twice and out of order; the feed does not',
    async () => {
      line.node.faults.disturb({ duplicates: 0.3, reordered: 0.3 });
      const client = EventStoreDBClient.connectionString(line.node.connectionString);
      const { received, subscription } = listen(client.subscribeToAll());
      const caseworker = await Caseworker.of(service);
      const caseId = await caseworker.open();
      for (let n = 0; n < 40; n += 1) await caseworker.record(`/${caseId}/notes`, { text: 'seen' });
      const log = line.node.data.events.filter(isFact).map(({ id }) => id);
      const bare = () =>
        received.flatMap(({ event }) => (event?.streamId.startsWith('case-') ? [event.id] : []));
      await eventually(() => new Set(bare()).size >= log.length && follower.seen.length >= log.length);
      expect(faultsInFeed(bare(), log)).not.toEqual([]);
      expect(faultsInFeed(follower.eventIds, log)).toEqual([]);
      await subscription.unsubscribe();
      await client.dispose();
    },
    LONG,
  );
});
