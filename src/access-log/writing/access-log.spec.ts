import { beforeEach, describe, expect, it } from '@jest/globals';
import { DataKeysInMemory } from '../../../test/support/data-keys.js';
import { FailingStore } from '../../../test/support/failing-store.js';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { ledgerOn, readerOn, unsealingWith } from '../../../test/support/ledgers.js';
import { everything } from '../../../test/support/store-events.js';
import type { HabeasError } from '../../errors.js';
import { Instance } from '../../http/health/instance.js';
import { chainFault, leafHashIn } from '../../ledger/chain.js';
import type { AccessEntry } from '../access-entry.js';
import { AccessLog, ENTRIES_A_STREAM } from './access-log.js';

const entry = (given: Partial<AccessEntry> = {}): AccessEntry => ({
  type: 'CaseRead',
  principalId: 'p1',
  correlationId: 'c1',
  route: 'GET /v1/cases/:caseId',
  caseIds: ['k1'],
  fields: 'all',
  ...(given as object),
});

describe('the writer of the access log', () => {
  let clock: FixedClock;
  let store: FailingStore;
  let keys: DataKeysInMemory;
  let run: Instance;
  let log: AccessLog;

  beforeEach(() => {
    clock = new FixedClock('2026-11-22T08:00:00.000Z');
    store = new FailingStore();
    keys = new DataKeysInMemory();
    run = new Instance();
    log = new AccessLog(ledgerOn(store, keys), clock, run);
  });

  const written = async () => (await everything(store)).map((event) => readerOn(store).open(event));
  /** Of the entries that were written, each once and in the order of their streams. */
  const correlations = async () => (await written()).map(({ correlationId }) => correlationId);
  const writeAll = (ids: readonly string[]) =>
    Promise.allSettled(ids.map((correlationId) => log.write(entry({ correlationId }))));

  it('keeps each entry under its own principal, in one chain', async () => {
    await Promise.all([log.write(entry()), log.write(entry({ principalId: 'p2', correlationId: 'c2' }))]);
    const events = await written();
    expect(events).toEqual([
      expect.objectContaining({ recordedBy: 'p1', correlationId: 'c1', revision: 0 }),
      expect.objectContaining({ recordedBy: 'p2', correlationId: 'c2', revision: 1 }),
    ]);
    expect(events[0]).toMatchObject({
      type: 'CaseRead',
      stream: `access-202611-${run.id}.1`,
      recordedAt: '2026-11-22T08:00:00.000Z',
      data: { route: 'GET /v1/cases/:caseId', caseIds: ['k1'], fields: 'all' },
    });
    let prev: string | null = null;
    for (const event of await everything(store)) {
      expect(chainFault(event, prev)).toBeUndefined();
      prev = leafHashIn(event);
    }
  });

  it('seals a purpose, and nothing else', async () => {
    await log.write(entry({ purpose: 'visit of Dzmitry Kazlou' }));
    const [event] = await everything(store);
    expect(event!.payload + event!.metadata).not.toContain('Kazlou');
    const [opened] = await unsealingWith(keys).reveal(await written());
    expect(opened?.data).toMatchObject({ purpose: 'visit of Dzmitry Kazlou', caseIds: ['k1'] });
  });

  it('writes all that waits at once', async () => {
    await writeAll(['a', 'b', 'c']);
    await writeAll(['d']);
    expect(store.sizes).toEqual([3, 1]);
    expect(await correlations()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('begins another stream when one has all it may, and with another month', async () => {
    const many = Array.from({ length: ENTRIES_A_STREAM + 20 }, (_, i) => `${i}`);
    for (const id of many) await log.write(entry({ correlationId: id }));
    clock.set('2026-12-01T00:00:00.000Z');
    await writeAll(['december']);
    const events = await written();
    const counted = Map.groupBy(events, ({ stream }) => stream.replace(run.id, 'run'));
    expect([...counted].map(([name, its]) => [name, its.length])).toEqual([
      ['access-202611-run.1', ENTRIES_A_STREAM],
      ['access-202611-run.2', 20],
      ['access-202612-run.3', 1],
    ]);
    expect(await correlations()).toEqual([...many, 'december']);
  });

  it('splits what is more than a stream may have', async () => {
    const many = Array.from({ length: 2 * ENTRIES_A_STREAM + 1 }, (_, i) => `${i}`);
    await writeAll(many);
    expect(store.sizes).toEqual([ENTRIES_A_STREAM, ENTRIES_A_STREAM, 1]);
    expect(await correlations()).toEqual(many);
  });

  it('never lets time of recording go back', async () => {
    await writeAll(['a']);
    clock.set('2026-11-22T07:59:00.000Z');
    await writeAll(['b']);
    expect((await written()).map(({ recordedAt }) => recordedAt)).toEqual([
      '2026-11-22T08:00:00.000Z',
      '2026-11-22T08:00:00.000Z',
    ]);
  });

  it.each(['lost before', 'lost after'] as const)(
    'repeats what nobody knows the outcome of (%s), and writes it once',
    async (fate) => {
      await writeAll(['a']);
      store.fates.push(fate, fate);
      const [outcome] = await writeAll(['b']);
      expect(outcome?.status).toBe('fulfilled');
      await writeAll(['c']);
      expect(await correlations()).toEqual(['a', 'b', 'c']);
      expect((await written()).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    },
  );

  it('also of the first of a stream', async () => {
    store.fates.push('lost after');
    await writeAll(['a', 'b']);
    await writeAll(['c']);
    expect(await correlations()).toEqual(['a', 'b', 'c']);
  });

  it('gives up after a while, and goes on elsewhere: what stands there stands there once', async () => {
    await writeAll(['a']);
    store.fates.push(...Array.from({ length: 5 }, () => 'lost after' as const));
    const [outcome] = await writeAll(['b']);
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'access-log-unavailable' } });
    await writeAll(['c']);
    const events = await written();
    expect(events.map(({ correlationId }) => correlationId)).toEqual(['a', 'b', 'c']);
    expect(events.at(-1)).toMatchObject({ stream: `access-202611-${run.id}.2`, revision: 0 });
  });

  it('says no while the store takes nothing, and goes on where it stood', async () => {
    await writeAll(['a']);
    store.fates.push('refused');
    const [outcome] = await writeAll(['b']);
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { kind: 'unavailable', code: 'access-log-unavailable' } satisfies Partial<HabeasError>,
    });
    await writeAll(['c']);
    expect((await written()).map(({ correlationId, revision }) => [correlationId, revision])).toEqual([
      ['a', 0],
      ['c', 1],
    ]);
  });

  it('leaves a stream to whoever else writes to it', async () => {
    await writeAll(['a']);
    const [{ stream } = { stream: '' }] = await everything(store);
    await ledgerOn(store, keys).append(
      stream,
      [{ eventId: 'e9', type: 'CaseRead', data: { caseIds: [] } }],
      {
        recordedAt: '2026-11-22T08:00:00.000Z',
        recordedBy: 'p9',
        correlationId: 'stranger',
        causationId: 'e9',
      },
      0,
    );
    await writeAll(['b']);
    const events = await written();
    expect(events.map(({ correlationId }) => correlationId)).toEqual(['a', 'stranger', 'b']);
    expect(events.at(-1)?.stream).not.toBe(stream);
  });
});
