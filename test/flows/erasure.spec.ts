import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import { EventStore, type StoredEvent } from '../../src/event-store/event-store.js';
import { KeyStore } from '../../src/keys/key-store.js';
import { chainFault, leafHashIn } from '../../src/ledger/chain.js';
import { ErasureList } from '../../src/security/erasure-list.js';
import { Caseworker, since } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { registered } from '../support/principals.js';
import { startService, type Service } from '../support/service.js';

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
  expect(await allThatIsTold(caseId)).not.toMatch(/Kaz|mother/);
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
    const before = await get(survivor);
    expect(await askAndApprove(survivor)).toBe(201);
    await isErased(survivor);
    await expectNothingPersonal(survivor);
    expect(figuresOf(await get(loser))).toEqual(figuresOf(before));
  });
});

/** Where the machine stops: before or after each thing that the procedure does outside of itself. */
const STEPS: [string, () => [object, string, 'before' | 'after']][] = [
  ['before the list', () => [service.app.get(ErasureList), 'add', 'before']],
  ['after the list', () => [service.app.get(ErasureList), 'add', 'after']],
  ['before the key is destroyed', () => [service.app.get(KeyStore), 'destroy', 'before']],
  ['after the key is destroyed', () => [service.app.get(KeyStore), 'destroy', 'after']],
  ['before the certificate', () => [service.app.get(CommandBus), 'execute', 'before']],
  ['after the certificate', () => [service.app.get(CommandBus), 'execute', 'after']],
];
const ROUNDS = 10;

describe('an erasure that is cut short', () => {
  const undo: (() => void)[] = [];
  afterEach(() => undo.splice(0).forEach((back) => back()));

  /** The machine is gone from there on: nothing of the procedure succeeds any more. Tells when it has come there. */
  function stopAt([part, method, when]: [object, string, 'before' | 'after']): Promise<void> {
    const there = part as Record<string, (...args: unknown[]) => unknown>;
    const own = Object.hasOwn(there, method) ? there[method] : undefined;
    const real = there[method]!.bind(part);
    undo.push(() => (own ? (there[method] = own) : delete there[method]));
    return new Promise((reached) => {
      there[method] = (...args: unknown[]) => {
        const ours = method !== 'execute' || JSON.stringify(args).includes('CertifyErasure');
        if (!ours) return real(...args);
        const stop = (): never => {
          reached();
          throw new Error('the machine is gone');
        };
        if (when === 'before') return stop();
        const done = real(...args);
        return done instanceof Promise ? done.then(stop) : stop();
      };
    });
  }

  it.each(STEPS)(
    '%s is carried out by whoever starts next',
    async (_, step) => {
      const caseIds = await Promise.all(Array.from({ length: ROUNDS }, opened));
      const before = await Promise.all(caseIds.map(async (caseId) => figuresOf(await get(caseId))));
      const stopped = stopAt(step());
      expect(await Promise.all(caseIds.map(askAndApprove))).toEqual(caseIds.map(() => 201));
      await stopped;
      await service.close();
      undo.length = 0;
      await start();
      await isErased(caseIds.at(-1)!);
      await expectNothingPersonal(caseIds.at(-1)!);
      for (const [i, caseId] of caseIds.entries()) {
        await isErased(caseId);
        expect((await caseworker.get(`/v1/cases/${caseId}/events`)).text).not.toMatch(/Kaz|mother/);
        expect(figuresOf(await get(caseId))).toEqual(before[i]);
        const events = await stored(caseId);
        expectChained(events);
        expect(events.filter(({ type }) => type === 'SubjectErased')).toHaveLength(1);
      }
      const listed = new ErasureList(join(folder, 'erasures.ndjson')).read().map(({ caseId }) => caseId);
      for (const caseId of caseIds) expect(listed.filter((one) => one === caseId)).toHaveLength(1);
    },
    120_000,
  );
});

describe('a store restored from before an erasure', () => {
  it('is told of it again at the start, and nobody is brought back', async () => {
    const caseId = await opened();
    const { keyIds } = { keyIds: (JSON.parse((await stored(caseId))[0]!.metadata) as Leaf).leaf.keys };
    const before = figuresOf(await get(caseId));
    await service.close();
    new ErasureList(join(folder, 'erasures.ndjson')).add({
      caseId,
      keyIds,
      erasedAt: '2020-02-01T00:00:00.000Z',
      requestedBy: 'p1',
      approvedBy: 'p2',
      eventId: '0190a000-0000-7000-8000-000000000009',
    });
    await start();
    await isErased(caseId);
    await expectNothingPersonal(caseId);
    expect(figuresOf(await get(caseId))).toEqual(before);
    expectChained(await stored(caseId));
    expect((await stored(caseId)).map(({ type }) => type).slice(-2)).toEqual([
      'SubjectErasureStarted',
      'SubjectErased',
    ]);
  });
});

interface Leaf {
  leaf: { keys: string[] };
}
