import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { EventStore, type StoredEvent } from '../../src/event-store/event-store.js';
import { chainFault, keyIdsIn, leafHashIn } from '../../src/ledger/chain.js';
import { ErasureList } from '../../src/security/erasure-list.js';
import { Caseworker, since, type Refused } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { registered } from '../support/principals.js';
import { startService, type Service } from '../support/service.js';
import { watched } from '../support/watched.js';

const NAME = 'Zmicier Kazłoŭski';

let folder: string;
let service: Service;
let caseworker: Caseworker;

const start = async (): Promise<void> => {
  service = await startService({ folder });
  caseworker = caseworker ? caseworker.at(service) : await Caseworker.of(service);
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-test-'));
  await start();
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

interface Figures {
  totals: object;
  custody: object;
  erased?: true;
  person: { names: object[] };
}

/** A case with words in every corner, serving a sentence. */
async function opened(): Promise<string> {
  const { caseId } = await caseworker.openServing(NAME);
  await caseworker.send(`/${caseId}/notes`, { text: `his mother says: ${NAME}` });
  return caseId;
}

const get = async (caseId: string): Promise<Figures> => {
  const { position } = (await stored(caseId)).at(-1)!;
  return (await caseworker.get<Figures>(`/v1/cases/${caseId}?${since(position)}`)).body;
};
const figuresOf = ({ totals, custody }: Figures): object => ({ totals, custody });
const stored = (caseId: string): Promise<StoredEvent[]> => service.app.get(EventStore).read(`case-${caseId}`);

async function askAndApprove(caseId: string): Promise<number> {
  await caseworker.send(`/${caseId}/erasures`, { reason: `${NAME} asks for it` });
  const admin = await registered(service, 'admin');
  const path = `/v1/cases/${caseId}/erasures/approvals`;
  return (await service.request('POST', path, { key: admin.key })).status;
}

const isErased = (caseId: string): Promise<void> =>
  eventually(async () => {
    expect((await stored(caseId)).map(({ type }) => type)).toContain('SubjectErased');
    expect((await get(caseId)).erased).toBe(true);
  });

/** Everything the service tells of the case, to whoever may ask for it. */
async function allThatIsTold(caseId: string): Promise<string> {
  const auditor = await service.keyFor('auditor');
  const texts = await Promise.all([
    caseworker.get(`/v1/cases/${caseId}`),
    caseworker.get(`/v1/cases/${caseId}?asOf=2020-01-10`),
    caseworker.get(`/v1/cases/${caseId}?knownAt=${new Date(Date.now() - 5_500).toISOString()}`),
    caseworker.get(`/v1/cases/${caseId}/events`),
    caseworker.get(`/v1/cases/${caseId}/similar`),
    caseworker.get('/v1/cases'),
    caseworker.get('/v1/hearings?from=2000-01-01'),
    caseworker.get('/v1/releases/expected?from=2000-01-01'),
    service.request('GET', `/v1/cases/${caseId}/events`, { key: auditor }),
    service.request('GET', '/v1/events', { key: auditor }),
  ]);
  return texts.map(({ body, text }) => text ?? JSON.stringify(body)).join('\n');
}

async function expectNothingPersonal(caseId: string): Promise<void> {
  // Not matched as a whole: a failure would print it all.
  expect(/.{0,60}(?:Kazł|mother)/.exec(await allThatIsTold(caseId))?.[0]).toBeUndefined();
  const query = `/v1/cases?name=${encodeURIComponent(NAME)}`;
  expect((await caseworker.get<{ items: object[] }>(query)).body.items).toEqual([]);
}

function expectChained(events: readonly StoredEvent[]): void {
  let prev: string | null = null;
  for (const event of events) {
    expect(chainFault(event, prev)).toBeUndefined();
    prev = leafHashIn(event);
  }
}

describe('an erasure', () => {
  it('takes every word of a person away, and leaves figures and proofs as they were', async () => {
    const caseId = await opened();
    const before = await get(caseId);
    expect(before.person.names).toEqual([expect.objectContaining({ form: NAME })]);
    const chained = await stored(caseId);
    expect(await askAndApprove(caseId)).toBe(201);
    await isErased(caseId);

    await expectNothingPersonal(caseId);
    const after = await get(caseId);
    expect(after.person.names).toEqual([]);
    expect(figuresOf(after)).toEqual(figuresOf(before));
    const events = await stored(caseId);
    expect(events.slice(0, chained.length)).toEqual(chained);
    expectChained(events);

    const { body } = await caseworker.get<{ items: { type: string; data: Record<string, unknown> }[] }>(
      `/v1/cases/${caseId}/events`,
    );
    const dataOf = (type: string) => body.items.find((item) => item.type === type)?.data;
    expect(dataOf('CaseOpened')).toMatchObject({ person: { names: { erased: true } } });
    expect(dataOf('NoteAdded')).toMatchObject({ text: { erased: true } });
    expect(dataOf('SubjectErased')).toMatchObject({
      caseIds: [caseId],
      destroyedKeys: [expect.any(String)],
      warnings: ['exported_copies_remain', 'key_traces_until_master_key_is_rotated'],
    });
    const [erasure] = new ErasureList(join(folder, 'erasures.ndjson')).read();
    expect(erasure).toMatchObject({ caseId, keyIds: dataOf('SubjectErased')?.['destroyedKeys'] });
  });

  it('is told to admins, and as done only when it is', async () => {
    const caseId = await opened();
    const listed = async (state: string): Promise<unknown[]> => {
      const path = `/v1/erasures?state=${state}&${since((await stored(caseId)).at(-1)!.position)}`;
      return (await service.request<{ items: { caseId: string }[] }>('GET', path)).body.items.filter(
        (item) => item.caseId === caseId,
      );
    };
    expect(await listed('requested')).toEqual([]);
    await caseworker.send(`/${caseId}/erasures`, { reason: 'she asks for it' });
    expect(await listed('requested')).toMatchObject([
      { state: 'requested', requestedBy: expect.any(String) },
    ]);
    await service.request('POST', `/v1/cases/${caseId}/erasures/approvals`);
    await isErased(caseId);
    expect(await listed('erased')).toMatchObject([
      { state: 'erased', approvedBy: expect.any(String), destroyedKeys: [expect.any(String)] },
    ]);
    expect(await listed('requested')).toEqual([]);
  });

  it('of a case that others were merged into takes their words, too', async () => {
    const [loser, survivor] = [await opened(), await opened()];
    await caseworker.send(`/${loser}/merges`, { intoCaseId: survivor, reason: 'one person' });
    // The merge stands when both streams tell of it, and that of the loser is the last to.
    const before = await get(loser);
    expect(await askAndApprove(survivor)).toBe(201);
    await isErased(survivor);
    await expectNothingPersonal(survivor);
    expect(figuresOf(await get(loser))).toEqual(figuresOf(before));
  });
});

describe('a store restored from before an erasure', () => {
  const keyIdsOf = async (caseId: string): Promise<readonly string[]> => keyIdsIn((await stored(caseId))[0]!);

  /** Starts again with a list that names an erasure of which the store knows nothing. */
  async function restoredWith(
    caseId: string,
    keyIds: readonly string[],
    mergedFrom: string[] = [],
  ): Promise<void> {
    await service.close();
    new ErasureList(join(folder, 'erasures.ndjson')).add({
      caseId,
      keyIds,
      erasedAt: '2020-02-01T00:00:00.000Z',
      requestedBy: 'p1',
      approvedBy: 'p2',
      eventId: v7(),
      mergedFrom,
    });
    await start();
  }
  const told = async (caseId: string): Promise<string[]> =>
    (await stored(caseId)).map(({ type }) => type).slice(-2);
  const TOLD = ['SubjectErasureStarted', 'SubjectErased'];

  it('is told of it again at the start, and nobody is brought back', async () => {
    const caseId = await opened();
    const before = figuresOf(await get(caseId));
    await restoredWith(caseId, await keyIdsOf(caseId));
    await isErased(caseId);
    await expectNothingPersonal(caseId);
    expect(figuresOf(await get(caseId))).toEqual(before);
    expectChained(await stored(caseId));
    expect(await told(caseId)).toEqual(TOLD);
  });

  it('is told of every case that had been merged into it by then', async () => {
    const [loser, survivor] = [await opened(), await opened()];
    const keys = [...(await keyIdsOf(survivor)), ...(await keyIdsOf(loser))];
    await restoredWith(survivor, keys, [loser]);
    for (const caseId of [loser, survivor]) {
      await isErased(caseId);
      expect(await told(caseId)).toEqual(TOLD);
      const certificate = (await caseworker.history(caseId)).at(-1);
      const destroyedKeys = await keyIdsOf(caseId);
      expect(certificate?.data).toMatchObject({ caseIds: [caseId], destroyedKeys });
    }
    await expectNothingPersonal(loser);
    const { body } = await service.request<{ items: { caseId: string }[] }>(
      'GET',
      '/v1/erasures?state=erased',
    );
    expect(body.items.map(({ caseId }) => caseId)).toEqual(expect.arrayContaining([loser, survivor]));
  });

  it('is told of one that was parted from another since, and that other stays as it is', async () => {
    const [erased, other] = [await opened(), await caseworker.open('Nadzieja Other')];
    await caseworker.send(`/${erased}/merges`, { intoCaseId: other, reason: 'one person' });
    await restoredWith(erased, await keyIdsOf(erased));
    await eventually(async () => expect(await told(erased)).toEqual(TOLD));
    const shown = await caseworker.get<Figures>(`/v1/cases/${erased}`);
    expect(shown.text).toContain('Nadzieja');
    expect(shown.text).not.toContain('Kazł');
    expect(shown.body).toMatchObject({ erased: true, person: { names: [{ form: 'Nadzieja Other' }] } });
    // They stay together, since nothing more can be written to a case without a key; half of a parting would be worse.
    const head = async (): Promise<string | undefined> => (await stored(other)).at(-1)?.position;
    const refused = await watched(
      () => caseworker.send<Refused>(`/${erased}/unmerges`, { reason: 'two people after all' }),
      head,
    );
    expect(refused).toMatchObject({ status: 409, body: { code: 'case-erased' } });
    expectChained(await stored(erased));
  });
});
