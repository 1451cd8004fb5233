import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker, since, type Recorded, type Refused } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { isFact } from '../support/store-events.js';
import { startService, type Service } from '../support/service.js';
import { atNextWrite, cutLine, type CutKind } from './support/connection-cut.js';
import { FeedFollower } from './support/feed-follower.js';
import { Line } from './support/line.js';
import { PersistentCaller } from './support/persistent-caller.js';
import { faultsInFeed, faultsInLog, type Acknowledged } from './support/recorded-once.js';

/** The most it may take until what follows has got over a cut. */
const RESUMED_WITHIN_MS = 30_000;
const LONG = 120_000;

/** With where in its range a cut falls, and of a half-open connection which of its directions are lost. */
const CUTS: [what: string, kind: CutKind, where: number][] = [
  ['before a command arrives', 'before it arrives', 0.5],
  ['before the reply', 'before the reply', 0.5],
  ['in mid stream', 'in mid stream', 0.5],
  ['half-open, requests lost', 'half-open', 0.1],
  ['half-open, replies lost', 'half-open', 0.5],
  ['half-open, both lost', 'half-open', 0.9],
  ['stalled for five seconds', 'stalled', 0.5],
];

describe('a service whose connection to the event store is cut', () => {
  let line: Line;
  let service: Service;
  let caseworker: Caseworker;
  let follower: FeedFollower;
  let caller: PersistentCaller;
  const acknowledged: Acknowledged[] = [];

  beforeAll(async () => {
    line = await Line.start();
    service = await startService({ env: { EVENTSTORE_URL: line.url } });
    caseworker = await Caseworker.of(service);
    follower = new FeedFollower(service.url, await service.keyFor('reporter'));
    caller = new PersistentCaller({
      name: 'a caller',
      at: [caseworker],
      acknowledged: (command) => acknowledged.push(command),
    });
  }, LONG);
  afterAll(async () => {
    line.proxy.heal();
    await follower?.stop();
    await service?.close();
    await line.stop();
  });

  const opened = (): Promise<Recorded> =>
    caller.record({ path: '', body: { person: { names: [{ form: 'Somebody' }], roles: ['protester'] } } });
  const noted = (caseId: string, text: string): Promise<Recorded> =>
    caller.record({ path: `/${caseId}/notes`, body: { text } });
  const recordsOf = (caseId: string) => line.node.data.stream(`case-${caseId}`)?.records ?? [];

  /** Everything was recorded once, and whoever follows has seen it once and in order; all as soon as may be asked. */
  async function seeAllOnce(last: Recorded): Promise<void> {
    const log = line.node.data.events.filter(isFact).map(({ id: eventId, stream, revision }) => ({
      eventId,
      stream,
      revision: Number(revision),
    }));
    expect(faultsInLog(acknowledged, log)).toEqual([]);
    const eventIds = log.map(({ eventId }) => eventId);
    await eventually(() => expect(faultsInFeed(follower.eventIds, eventIds)).toEqual([]), RESUMED_WITHIN_MS);
    await eventually(async () => {
      const { status, body } = await caseworker.get(`/v1/cases/${last.caseId}?${since(last.position)}`);
      expect({ status, revision: body['revision'] }).toEqual({ status: 200, revision: last.revision });
    }, RESUMED_WITHIN_MS);
  }

  /** Sends a note once, under its own text as the key. */
  const sent = <Answer>(caseId: string, text: string) =>
    caseworker.send<Answer>(`/${caseId}/notes`, { text }, { 'idempotency-key': text });

  /** Sends it again until it is taken, and sees that it is recorded once. Gives whether it was said to be a repetition. */
  async function replayedAtLast(caseId: string, text: string): Promise<string | null> {
    const { headers, body } = await eventually(async () => {
      const reply = await sent<Recorded>(caseId, text);
      expect(reply.status).toBe(201);
      return reply;
    });
    acknowledged.push({ key: text, answer: body });
    await seeAllOnce(body);
    return headers.get('idempotency-replayed');
  }

  it.each(CUTS)(
    '(%s) records a command once, and whoever follows sees it once',
    async (_, kind, where) => {
      const first = await opened();
      // Until nobody asks for anything: what passes now belongs to the command.
      await seeAllOnce(first);
      const { caseId } = first;
      const { appends } = line.node.traffic;
      const cut = cutLine(line, kind, () => where).then(() => line.node.traffic.appends - appends);
      const [answer, arrived] = await Promise.all([noted(caseId, kind), cut]);
      if (kind === 'before it arrives') expect(arrived).toBe(0);
      if (kind === 'before the reply') expect(arrived).toBe(1);
      expect(answer).toMatchObject({ caseId, revision: 1, events: [{ eventId: recordsOf(caseId)[1]?.id }] });
      await seeAllOnce(await noted(caseId, 'after that'));
      expect(recordsOf(caseId)).toHaveLength(3);
    },
    LONG,
  );

  it(
    'delivers all that there is to whoever begins to follow, once, however often it is cut in the middle of it',
    async () => {
      const { caseId } = await opened();
      let last = await noted(caseId, 'x'.repeat(2_000));
      for (let n = 0; n < 60; n += 1) last = await noted(caseId, 'x'.repeat(2_000));
      await seeAllOnce(last);
      const newcomer = new FeedFollower(service.url, await service.keyFor('reporter'));
      for (const bytes of [10_000, 40_000, 70_000, 100_000]) await line.proxy.cutAt('replies', bytes);
      const all = line.node.data.events.filter(isFact).map(({ id }) => id);
      await eventually(() => expect(faultsInFeed(newcomer.eventIds, all)).toEqual([]), RESUMED_WITHIN_MS);
      await newcomer.stop();
    },
    LONG,
  );

  it(
    'says that it does not know what became of a command, where nobody can know it',
    async () => {
      const { caseId } = await opened();
      const written = atNextWrite(line, () => line.proxy.refuse());
      const { status, body } = await sent<Refused>(caseId, 'in doubt');
      await written;
      expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'outcome-unknown' });
      expect(recordsOf(caseId)).toHaveLength(2);
      line.proxy.heal();
      expect(await replayedAtLast(caseId, 'in doubt')).toBe('true');
    },
    LONG,
  );

  it(
    'says that nothing was sent, where nobody could be reached, and nothing is recorded',
    async () => {
      const { caseId } = await opened();
      line.proxy.refuse();
      const { status, body } = await sent<Refused>(caseId, 'unsent');
      expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'store-unavailable' });
      line.proxy.heal();
      expect(recordsOf(caseId)).toHaveLength(1);
      expect(await replayedAtLast(caseId, 'unsent')).toBeNull();
    },
    LONG,
  );
});
