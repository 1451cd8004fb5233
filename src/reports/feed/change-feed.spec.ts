import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import { eventually } from '../../../test/support/eventually.js';
import { Halving, ledgerOn, readerOn } from '../../../test/support/ledgers.js';
import type { Fact } from '../../cases/domain/facts/facts.js';
import { toldOf } from '../webhooks/delivery.js';
import { ChangeFeed } from './change-feed.js';
import type { FeedEntry } from './feed-entry.js';

const ENVELOPE = {
  recordedAt: '2020-02-08T09:00:00.000Z',
  recordedBy: 'a-caseworker',
  correlationId: 'c',
  causationId: 'c',
  requestDigest: 'digest',
};

const OPENED = { person: { names: [{ form: 'Dzmitry Kazlou' }], roles: ['blogger'] }, summary: 'a blogger' };
const ARRESTED = { detentionId: 'd1', at: '2019-12-25', facility: 'Akrestsina', regime: 'administrative' };

function aFeed(store = new InMemoryEventStore()) {
  const ledger = ledgerOn(store);
  const halving = new Halving();
  let made = 0;
  const record = async (
    stream: string,
    type: string,
    data: Record<string, unknown>,
    eventId = `e${++made}`,
  ) => {
    const there = (await store.read(stream)).length;
    const event = halving.of({ type, data } as unknown as Fact, eventId);
    return ledger.append(stream, [event], ENVELOPE, there === 0 ? 'no_stream' : there - 1);
  };
  return { store, ledger, feed: new ChangeFeed(store, readerOn(store)), record };
}

async function all(batches: AsyncIterable<readonly FeedEntry[]>): Promise<FeedEntry[]> {
  const entries: FeedEntry[] = [];
  for await (const batch of batches) entries.push(...batch);
  return entries;
}

const ids = async (batches: AsyncIterable<readonly FeedEntry[]>): Promise<string[]> =>
  (await all(batches)).map(({ eventId }) => eventId);

describe('the change feed', () => {
  it('tells of an issued report what it is of, and not all that it says', async () => {
    const { feed, ledger } = aFeed();
    const basis = { asOf: '2020-02-07', knownAt: '2020-02-08T09:00:00.000Z', position: '7', filters: {} };
    const content = { report: 'monthly', basis, audience: 'public', sections: [{ kind: 'notes' }] };
    const data = { issueId: 'an-issue', content, published: ['a cell'] };
    await ledger.append('reports', [{ eventId: 'e1', type: 'ReportIssued', data }], ENVELOPE, 'no_stream');
    const [entry, ...more] = await all(feed.read({ types: new Set(['ReportIssued']) }));
    expect(entry).toMatchObject({ issueId: 'an-issue', revision: 0, type: 'ReportIssued' });
    expect(entry).not.toHaveProperty('caseId');
    expect(entry!.data).toEqual({ report: 'monthly', basis });
    expect(toldOf(entry!)).toEqual({
      position: entry!.position,
      eventId: 'e1',
      issueId: 'an-issue',
      type: 'ReportIssued',
      recordedAt: ENVELOPE.recordedAt,
    });
    expect(more).toEqual([]);
  });

  it('tells what was recorded in the cases, in order, without personal fields', async () => {
    const { feed, record } = aFeed();
    await record('case-1', 'CaseOpened', OPENED);
    await record('access-1', 'CaseRead', {});
    const { position } = await record('case-1', 'Arrested', ARRESTED);

    const [opened, arrested, ...more] = await all(feed.read({}));
    expect(opened).toMatchObject({
      caseId: '1',
      type: 'CaseOpened',
      data: { person: { roles: ['blogger'] } },
    });
    expect(arrested).toEqual({
      position,
      eventId: 'e3',
      caseId: '1',
      revision: 1,
      type: 'Arrested',
      recordedAt: ENVELOPE.recordedAt,
      recordedBy: 'a-caseworker',
      data: { detentionId: 'd1', at: '2019-12-25', regime: 'administrative' },
    });
    expect(more).toEqual([]);
  });

  it('goes on after a position, takes only the types asked for and stops at the limit', async () => {
    const { feed, record } = aFeed();
    const { position } = await record('case-1', 'CaseOpened', OPENED);
    await record('case-1', 'Arrested', ARRESTED);
    await record('case-2', 'CaseOpened', OPENED);
    await record('case-2', 'Arrested', ARRESTED);

    expect(await ids(feed.read({ after: position }))).toEqual(['e2', 'e3', 'e4']);
    expect(await ids(feed.read({ types: new Set(['CaseOpened']) }))).toEqual(['e1', 'e3']);
    expect(await ids(feed.read({ limit: 3 }))).toEqual(['e1', 'e2', 'e3']);
    expect(await ids(feed.read({ after: position, types: new Set(['Arrested']), limit: 1 }))).toEqual(['e2']);
  });

  it('reads the new payload of a corrected event as the type it replaces', async () => {
    const { feed, record } = aFeed();
    await record('case-1', 'Arrested', ARRESTED);
    await record('case-1', 'EventCorrected', { eventId: 'e1', data: ARRESTED, reason: 'misread' });
    await record('case-1', 'EventCorrected', { eventId: 'unheard-of', data: ARRESTED, reason: 'misread' });

    const [, known, unknown] = await all(feed.read({}));
    expect(known?.data).toEqual({
      eventId: 'e1',
      data: { detentionId: 'd1', at: '2019-12-25', regime: 'administrative' },
    });
    expect(unknown?.data).toEqual({ eventId: 'unheard-of' });
  });

  it('withholds the data of an event whose type it does not know', async () => {
    const { feed, record } = aFeed();
    await record('case-1', 'Pardoned', { by: 'a name' });
    expect(await all(feed.read({}))).toMatchObject([{ type: 'Pardoned', data: {} }]);
  });

  it('ends with an error at an event that cannot be opened', async () => {
    const { feed, store, record } = aFeed();
    await record('case-1', 'CaseOpened', OPENED);
    await store.append('case-1', [{ eventId: 'e2', type: 'Arrested', payload: '{', metadata: '{}' }], 0);
    await expect(all(feed.read({}))).rejects.toThrow();
  });

  it('says before the first entry when it cannot be read', async () => {
    const { feed, store, record } = aFeed();
    await record('case-1', 'CaseOpened', OPENED);
    await expect(feed.check(undefined, '/query/after')).resolves.toBeUndefined();
    store.failure = new Error('the disk is gone');
    await expect(feed.check(undefined, '/query/after')).rejects.toThrow('the disk is gone');
  });
});

describe('the change feed kept open', () => {
  it('tells what comes after what was there, until it is stopped', async () => {
    const { feed, record } = aFeed();
    await record('case-1', 'CaseOpened', OPENED);
    const stop = new AbortController();
    const seen: string[] = [];
    const ended = (async () => {
      for await (const batch of feed.follow({}, stop.signal))
        seen.push(...batch.map(({ eventId }) => eventId));
    })();

    await eventually(() => seen.length === 1);
    await record('case-1', 'Arrested', ARRESTED);
    await eventually(() => seen.length === 2);
    stop.abort();
    await ended;
    await record('case-1', 'Arrested', ARRESTED);
    expect(seen).toEqual(['e1', 'e2']);
  });

  it('tells an event once though the subscription delivers it twice', async () => {
    const { feed, record } = aFeed(
      new InMemoryEventStore((events) => events.flatMap((event) => [event, event])),
    );
    await record('case-1', 'CaseOpened', OPENED);
    await record('case-1', 'Arrested', ARRESTED);
    expect(await ids(feed.follow({ limit: 2 }, new AbortController().signal))).toEqual(['e1', 'e2']);
  });

  it('does not begin when it is already stopped', async () => {
    const { feed } = aFeed();
    expect(await all(feed.follow({}, AbortSignal.abort()))).toEqual([]);
  });
});
