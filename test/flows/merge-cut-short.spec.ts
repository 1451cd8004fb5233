import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OutcomeUnknown } from '../../src/event-store/errors.js';
import { EventStore } from '../../src/event-store/event-store.js';
import { LedgerReader } from '../../src/ledger/ledger-reader.js';
import type { RecordedEvent } from '../../src/ledger/recorded-event.js';
import { Unsealing } from '../../src/ledger/unsealing.js';
import { Caseworker, since, type Refused } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { startService, type Service } from '../support/service.js';
import { ledgerIn } from '../support/stores.js';

interface Case {
  caseId: string;
  mergedFrom: string[];
  totals: { arrests: number };
}

let folder: string;
let service: Service;
let caseworker: Caseworker;
/** The two cases, each of somebody arrested once. */
let loser: string;
let survivor: string;

const start = async (): Promise<void> => {
  service = await startService({ folder });
};

const restart = async (): Promise<void> => {
  await service.close();
  await start();
  caseworker = caseworker.at(service);
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-test-'));
  await start();
  caseworker = await Caseworker.of(service);
  loser = (await caseworker.openServing()).caseId;
  survivor = (await caseworker.openServing()).caseId;
});

afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

/** The store does as a machine does that is cut off just before it writes an event of this type; gives what undoes it. */
function cutBefore(type: string): () => void {
  const store = service.app.get(EventStore);
  const append = store.append.bind(store);
  store.append = (stream, events, expected) =>
    events.some((event) => event.type === type)
      ? Promise.reject(new OutcomeUnknown())
      : append(stream, events, expected);
  return () => (store.append = append);
}

const KEY = { 'idempotency-key': 'the one' };
const merging = () =>
  caseworker.send(`/${loser}/merges`, { intoCaseId: survivor, reason: 'one person' }, KEY);
const parting = () => caseworker.send(`/${loser}/unmerges`, { reason: 'two people' }, KEY);

async function get(caseId: string): Promise<Case> {
  const head = await service.app.get(EventStore).head();
  return (await caseworker.get<Case>(`/v1/cases/${caseId}?${since(head ?? '')}`)).body;
}

const isMerged = async (): Promise<void> => {
  const both = { caseId: survivor, mergedFrom: [loser], totals: { arrests: 2 } };
  expect(await get(loser)).toMatchObject(both);
  expect(await get(survivor)).toMatchObject(both);
};

const isApart = async (): Promise<void> => {
  for (const caseId of [loser, survivor]) {
    expect(await get(caseId)).toMatchObject({ caseId, mergedFrom: [], totals: { arrests: 1 } });
  }
  const { body } = await caseworker.get<{ items: Case[] }>('/v1/cases');
  expect(new Set(body.items.map(({ caseId }) => caseId))).toEqual(new Set([loser, survivor]));
};

const lastOf = async (caseId: string) => (await service.app.get(LedgerReader).read(`case-${caseId}`)).at(-1)!;

const reasonOf = async (event: RecordedEvent): Promise<unknown> =>
  (await service.app.get(Unsealing).reveal([event]))[0]?.data['reason'];

/** What its own stream says of merges. */
const mergesIn = async (caseId: string): Promise<string[]> =>
  (await service.app.get(LedgerReader).read(`case-${caseId}`))
    .map(({ type }) => type)
    .filter((type) => /^Case(Merged|Unmerged|Absorbed|ReleasedFromMerge)$/.test(type));

describe('a merge cut short after its first half', () => {
  beforeEach(async () => {
    cutBefore('CaseMerged');
    expect((await merging()).status).toBe(503);
    expect(await lastOf(survivor)).toMatchObject({ type: 'CaseAbsorbed' });
  });

  it('has not come about: each of the two answers for itself', isApart);

  it('is completed at the next start, for whoever sent it', async () => {
    const { recordedBy, correlationId, causationId, requestDigest } = await lastOf(survivor);
    await restart();
    await eventually(isMerged);
    expect(await lastOf(loser)).toMatchObject({
      type: 'CaseMerged',
      data: { intoCaseId: survivor },
      recordedBy,
      correlationId,
      causationId,
      requestDigest,
    });
    expect(await reasonOf(await lastOf(loser))).toBe('one person');
    const repeated = await merging();
    expect(repeated.status).toBe(201);
    expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    expect([await mergesIn(survivor), await mergesIn(loser)]).toEqual([['CaseAbsorbed'], ['CaseMerged']]);
  });

  it('is completed once only, however often the service is started', async () => {
    await restart();
    await eventually(isMerged);
    await restart();
    await isMerged();
    expect([await mergesIn(survivor), await mergesIn(loser)]).toEqual([['CaseAbsorbed'], ['CaseMerged']]);
  });

  it('is taken back at the next start if the case has moved on, and may be tried again with its key', async () => {
    await caseworker.record(`/${loser}/arrests`, { at: '2020-03-20' });
    await restart();
    await eventually(async () =>
      expect(await lastOf(survivor)).toMatchObject({ type: 'CaseReleasedFromMerge' }),
    );
    expect(await get(loser)).toMatchObject({ caseId: loser, totals: { arrests: 2 } });
    expect(await get(survivor)).toMatchObject({ caseId: survivor, totals: { arrests: 1 }, mergedFrom: [] });

    const repeated = await merging();
    expect(repeated.status).toBe(201);
    expect(repeated.headers.get('idempotency-replayed')).toBeNull();
    expect(await get(loser)).toMatchObject({ caseId: survivor, totals: { arrests: 3 } });
  });
});

describe('a merge cut short in a service that goes on', () => {
  it.each([
    ['is completed when the command is repeated', false],
    ['is decided anew when the command is repeated after the case has moved on', true],
  ])('%s', async (_, movedOn) => {
    const goOn = cutBefore('CaseMerged');
    expect((await merging()).status).toBe(503);
    goOn();
    if (movedOn) await caseworker.record(`/${loser}/notes`, { text: 'in between' });

    const repeated = await merging();
    expect(repeated.status).toBe(201);
    await isMerged();
    expect(await caseworker.history(loser)).toHaveLength(movedOn ? 12 : 9);
    expect((await merging()).headers.get('idempotency-replayed')).toBe('true');
  });
});

describe('the undoing of a merge cut short after its first half', () => {
  beforeEach(async () => {
    const merged = await caseworker.send(`/${loser}/merges`, { intoCaseId: survivor, reason: 'one person' });
    expect(merged.status).toBe(201);
    cutBefore('CaseUnmerged');
    expect((await parting()).status).toBe(503);
    expect(await lastOf(survivor)).toMatchObject({ type: 'CaseReleasedFromMerge' });
  });

  it('has come about for whoever asks: each of the two answers for itself', isApart);

  it('takes no commands to the case that is not free yet', async () => {
    const reply = await caseworker.send<Refused>(`/${loser}/notes`, { text: 'too early' });
    expect(reply).toMatchObject({ status: 409, body: { code: 'case-merged', survivor } });
  });

  it('is completed at the next start, for whoever sent it', async () => {
    const { recordedBy, correlationId, causationId, requestDigest } = await lastOf(survivor);
    await restart();
    await eventually(async () => expect(await lastOf(loser)).toMatchObject({ type: 'CaseUnmerged' }));
    expect(await lastOf(loser)).toMatchObject({
      data: { fromCaseId: survivor },
      recordedBy,
      correlationId,
      causationId,
      requestDigest,
    });
    expect(await reasonOf(await lastOf(loser))).toBe('two people');
    await isApart();
    expect((await parting()).headers.get('idempotency-replayed')).toBe('true');
    await caseworker.record(`/${loser}/notes`, { text: 'free' });
  });

  it('is completed when the command is repeated', async () => {
    await restart();
    expect((await parting()).status).toBe(201);
    await isApart();
    expect([await mergesIn(survivor), await mergesIn(loser)]).toEqual([
      ['CaseAbsorbed', 'CaseReleasedFromMerge'],
      ['CaseMerged', 'CaseUnmerged'],
    ]);
  });
});

describe('half a merge that was written by another process', () => {
  it('is completed at the start although the read model has never seen it', async () => {
    const { revision } = await lastOf(loser);
    const found = await lastOf(survivor);
    await service.close();
    const { ledger, close } = await ledgerIn(folder);
    await ledger.append(
      `case-${survivor}`,
      [
        {
          eventId: '0190a000-0000-7000-8000-000000000001',
          type: 'CaseAbsorbed',
          data: { caseId: loser, throughRevision: revision },
          personal: { reason: 'one person' },
        },
      ],
      {
        recordedAt: new Date().toISOString(),
        recordedBy: found.recordedBy,
        correlationId: 'c',
        causationId: 'k',
      },
      found.revision,
    );
    await close();
    await start();
    caseworker = caseworker.at(service);
    await eventually(isMerged);
    expect(await lastOf(loser)).toMatchObject({ type: 'CaseMerged', causationId: 'k' });
  });
});
