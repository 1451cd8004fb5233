import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { leafHashIn } from '../../src/ledger/chain.js';
import { isGrownFrom, isIncluded } from '../../src/transparency/merkle/checking.js';
import { readCheckpoint, type Checkpoint } from '../../src/transparency/note/checkpoint.js';
import { readVerifierLine, type NoteKey } from '../../src/transparency/note/note-keys.js';
import { openNote } from '../../src/transparency/note/signed-note.js';
import { TransparencyLog } from '../../src/transparency/transparency-log.js';
import { Caseworker } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { startService, type Service } from '../support/service.js';
import { everything } from '../support/store-events.js';

jest.setTimeout(60_000);

let service: Service;
let caseworker: Caseworker;
let auditor: string;
beforeAll(async () => {
  service = await startService();
  caseworker = await Caseworker.of(service);
  auditor = await service.keyFor('auditor');
});
afterAll(() => service.close());

const ask = <T = Record<string, unknown>>(path: string) =>
  service.request<T>('GET', `/v1/tlog/${path}`, { key: auditor });

async function key(): Promise<NoteKey> {
  const { body } = await ask<{ items: { verifier: string }[] }>('keys');
  return readVerifierLine(body.items[0]!.verifier)!;
}

async function checkpoint(): Promise<Checkpoint> {
  const { text } = await ask('checkpoint');
  const opened = openNote(text, [await key()]);
  if (opened.kind !== 'signed') throw new Error(`the checkpoint is ${opened.kind}`);
  return readCheckpoint(opened.text)!;
}

/** As soon as it covers all that was recorded. */
const signed = (size: number): Promise<Checkpoint> =>
  eventually(async () => {
    const now = await checkpoint();
    expect(now.size).toBeGreaterThanOrEqual(size);
    return now;
  });

const hashes = (proof: readonly string[]): Buffer[] => proof.map((hash) => Buffer.from(hash, 'base64'));

describe('an auditor', () => {
  it('is shown that an event stands in the signed log, and that the log has only grown since', async () => {
    await caseworker.openServing();
    const before = await signed(3);
    const { position } = await caseworker.openServing();
    const events = await everything(service.app.get(EventStore));
    const leaf = events.findIndex((event) => event.position === position);
    const hash = Buffer.from(leafHashIn(events[leaf]!), 'base64url');
    await service.app.get(TransparencyLog).covered({ position, hash }, AbortSignal.timeout(20_000));

    const after = await checkpoint();
    expect(after.size).toBeGreaterThan(leaf);
    expect(after.origin).toMatch(/^habeas\/log\/[\da-f]{16}$/);
    const inclusion = await ask<{ hash: string; proof: string[] }>(
      `proof/inclusion?leaf=${leaf}&size=${after.size}`,
    );
    expect(inclusion.body.hash).toBe(hash.toString('base64'));
    expect(isIncluded({ leaf, hash }, after, hashes(inclusion.body.proof))).toBe(true);
    const growth = await ask<{ proof: string[] }>(`proof/consistency?from=${before.size}&to=${after.size}`);
    expect(isGrownFrom(before, after, hashes(growth.body.proof))).toBe(true);
  });

  it('is given the tiles that the tree is made of', async () => {
    const { size } = await signed(3);
    const { headers } = await ask(`tile/0/000.p/${size}`);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('cache-control')).toBe('no-store');
    const response = await fetch(`${service.url}/v1/tlog/tile/0/000.p/${size}`, {
      headers: { authorization: `Bearer ${auditor}` },
    });
    const tile = Buffer.from(await response.arrayBuffer());
    const events = await everything(service.app.get(EventStore));
    const leaves = events.slice(0, size).map((event) => Buffer.from(leafHashIn(event), 'base64url'));
    expect(tile.equals(Buffer.concat(leaves))).toBe(true);
  });

  it.each([
    ['tile/0/000', 404, 'unknown-tile'],
    ['tile/1/000.p/1', 404, 'unknown-tile'],
    ['tile/0/000.p/0', 404, 'unknown-tile'],
    ['tile/entries/000.p/1', 404, 'unknown-tile'],
    ['tile/0/x000/001.p/1', 404, 'unknown-tile'],
    ['tile/0/x001/x001/001.p/1', 404, 'unknown-tile'],
    ['tile/0/..%2f000', 404, 'unknown-tile'],
    ['proof/inclusion?leaf=0&size=1000000', 404, 'beyond-the-log'],
    ['proof/inclusion?leaf=1&size=1', 400, 'invalid-query'],
    ['proof/inclusion?leaf=-1', 400, 'invalid-query'],
    ['proof/inclusion', 400, 'invalid-query'],
    ['proof/inclusion?leaf=', 400, 'invalid-query'],
    ['proof/inclusion?leaf=0x1', 400, 'invalid-query'],
    ['proof/consistency?from=0&to=1', 400, 'invalid-query'],
    ['proof/consistency?from=2&to=1', 400, 'invalid-query'],
    ['proof/consistency?from=1&to=1000000000', 404, 'beyond-the-log'],
    ['proof/consistency?from=1&to=1e9', 400, 'invalid-query'],
  ])('is told that there is no %s', async (path, status, code) => {
    await signed(3);
    expect(await ask(path)).toMatchObject({ status, body: { code } });
  });

  it('alone is shown it', async () => {
    for (const role of ['caseworker', 'reporter', 'admin'] as const) {
      const reply = await service.request('GET', '/v1/tlog/checkpoint', { key: await service.keyFor(role) });
      expect(reply).toMatchObject({ status: 403, body: { code: 'role-missing' } });
    }
  });
});

it('whoever waits for a checkpoint that does not come is told so', async () => {
  const never = { position: 'f'.repeat(16), hash: Buffer.alloc(32) };
  const waiting = service.app.get(TransparencyLog).covered(never, AbortSignal.timeout(10));
  await expect(waiting).rejects.toMatchObject({ kind: 'unavailable', code: 'not-covered' });
});

it('the notary ends before what it needs', async () => {
  await service.close();
  const said = service.log.filter(({ event }) => event === 'shutdown' || String(event).startsWith('notary'));
  expect(said.map(({ event, outcome }) => [event, outcome])).toEqual(
    Array.from({ length: 4 }, () => ['shutdown', 'done']),
  );
});
