import { generateKeyPairSync } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '../../src/event-store/event-store.js';
import { leafHashIn } from '../../src/ledger/chain.js';
import { LogReader } from '../../src/transparency/log/log-reader.js';
import { LogWriter } from '../../src/transparency/log/log-writer.js';
import { isGrownFrom, isIncluded } from '../../src/transparency/merkle/checking.js';
import { consistencyProof, inclusionProof } from '../../src/transparency/merkle/proofs.js';
import { readCheckpoint, type Checkpoint } from '../../src/transparency/note/checkpoint.js';
import { noteKey } from '../../src/transparency/note/note-keys.js';
import { openNote } from '../../src/transparency/note/signed-note.js';
import { DATABASES } from '../support/databases.js';
import { everything } from '../support/store-events.js';
import { Notarised } from './support/notarised.js';

describe.each(DATABASES)('the notary, with its log in %s', (_, fresh) => {
  let notarised: Notarised;

  beforeEach(async () => {
    notarised = await Notarised.on(await fresh());
  });
  afterEach(() => notarised.remove());

  async function checkpoint(): Promise<Checkpoint & { log: number }> {
    const kept = await new LogReader(notarised.database).checkpoint();
    const opened = openNote(kept?.note ?? '', [notarised.key]);
    if (opened.kind !== 'signed') throw new Error(`the checkpoint is ${opened.kind}`);
    return { ...readCheckpoint(opened.text)!, log: kept!.log };
  }

  it('signs a log in which every event is proven, and that has grown from each one before', async () => {
    const stream = await notarised.record(3);
    notarised.start();
    await notarised.covered();
    const before = await checkpoint();
    await notarised.record(300);
    await notarised.record(2, stream);
    await notarised.covered();
    const after = await checkpoint();
    expect(after).toMatchObject({ origin: 'habeas.example/log', size: 305 });

    const reader = new LogReader(notarised.database);
    const nodes = reader.nodes(after.log);
    expect(isGrownFrom(before, after, await consistencyProof(nodes, before.size, after.size))).toBe(true);
    const events = await everything(notarised.store);
    for (const n of [0, 1, 2, 3, 254, 255, 256, 257, 302, 303, 304]) {
      const event = events[n]!;
      const hash = Buffer.from(leafHashIn(event), 'base64url');
      expect(await reader.leafOf(after.log, event.position, hash)).toBe(n);
      const proof = await inclusionProof(nodes, n, after.size);
      expect(isIncluded({ leaf: n, hash }, after, proof)).toBe(true);
    }
  });

  it('goes on after a restart, and remembers what it has signed', async () => {
    const stream = await notarised.record(5);
    notarised.start();
    await notarised.covered();
    await notarised.stop();
    await notarised.record(5, stream);
    notarised.start();
    await notarised.covered();
    expect(notarised.memory.read()).toContain('\n10\n');
    expect(await checkpoint()).toMatchObject({ size: 10 });
  });

  it.each([
    ['what it is about to sign', async () => void (await notarised.record(5)), 0],
    ['the end of what it signed last', async () => void (await signedOnce(5)), 5],
  ])('stopped while it reads %s again, it signs nothing, and does so later', async (_, recorded, size) => {
    await recorded();
    const { store, news } = notarised;
    const reading = longToRead(store);
    notarised.store = reading.store;
    news.length = 0;
    notarised.start();
    await reading.begun;
    await notarised.stop();
    expect(reading.ended()).toBe(false);
    expect(news).toEqual([]);
    expect(notarised.memory.read()).toContain(`\n${size}\n`);
    expect(await checkpoint()).toMatchObject({ size });
    expect(await new LogReader(notarised.database).findings()).toMatchObject([
      { kind: 'signing', fault: null },
    ]);

    notarised.store = store;
    await notarised.record(1);
    notarised.start();
    await notarised.covered();
    expect(await checkpoint()).toMatchObject({ size: 6 });
  });

  it('of two that write at once the one that was cut off changes nothing', async () => {
    await signedOnce();
    const [one, other] = [await LogWriter.open(notarised.database), await LogWriter.open(notarised.database)];
    const leaf = (n: number) => ({ position: '9', stream: 's', revision: n, hash: Buffer.alloc(32, n) });
    await one!.append([leaf(0)]);
    await expect(other!.append([leaf(1), leaf(2)])).rejects.toThrow('somebody else has written to the log');
    expect((await LogWriter.open(notarised.database))!.state).toEqual(one!.state);
    const tile = await new LogReader(notarised.database).leaves(1, 0, 5);
    expect(tile).toHaveLength(5 * 32);
    expect(tile.subarray(-32)).toEqual(Buffer.alloc(32, 0));
  });

  /** Signed once, and stopped. */
  async function signedOnce(count = 4): Promise<string> {
    const stream = await notarised.record(count);
    notarised.start();
    await notarised.covered();
    await notarised.stop();
    return stream;
  }

  it('does not go on from a store whose last events are gone', async () => {
    await signedOnce();
    await notarised.alter((events) => events.exec('delete from events where revision = 3'));
    notarised.start();
    expect(await notarised.refusal()).toMatch(/in the log and no longer in the store \(leaf 3\)/);
  });

  it('does not go on from a store whose last events were changed', async () => {
    await signedOnce();
    await notarised.alter((events) =>
      events.exec(`update events set payload = replace(payload, '"v":1', '"v":2') where revision = 2`),
    );
    notarised.start();
    expect(await notarised.refusal()).toMatch(/its payload has another digest \(leaf 2\)/);
  });

  it('logs no event that follows another one than the log has', async () => {
    const stream = await notarised.record(2);
    await notarised.record(300);
    notarised.start();
    await notarised.covered();
    await notarised.stop();
    // Far enough behind that it is not read again.
    await notarised.alter((events) =>
      events.exec(
        `update events set metadata = (select metadata from events as other where other.revision = 5) where position = 2`,
      ),
    );
    await notarised.record(1, stream);
    notarised.start();
    expect(await notarised.refusal()).toMatch(/it does not follow the event before it \(leaf 302\)/);
  });

  it('does not go on with a log that was put back to an older state, nor with another one', async () => {
    await signedOnce();
    await notarised.database.updateTable('tlog').set({ size: 0, position: null }).execute();
    for (const table of ['tlogTile', 'tlogStream', 'tlogCheckpoint'] as const)
      await notarised.database.deleteFrom(table).execute();
    notarised.start();
    expect(await notarised.refusal()).toMatch(/^the log is shorter than the one that was signed last/);

    notarised.news.length = 0;
    await notarised.database.updateTable('tlog').set({ origin: 'another' }).execute();
    notarised.start();
    expect(await notarised.refusal()).toMatch(/another log was signed last/);
  });

  it('does not sign a tree that does not begin with the one it has signed', async () => {
    await signedOnce();
    const [tile] = await notarised.database.selectFrom('tlogTile').selectAll().execute();
    tile!.hashes[0]! ^= 1;
    await notarised.database.updateTable('tlogTile').set({ hashes: tile!.hashes }).execute();
    notarised.start();
    expect(await notarised.refusal()).toBe('the log does not begin with the one that was signed last');
  });

  it('does not go on with another key', async () => {
    await signedOnce();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    notarised.start({ key: noteKey(notarised.key.name, publicKey), privateKey });
    expect(await notarised.refusal()).toMatch(/not signed with this key/);
  });
});

/** The store, but whoever reads all of it has a long way to its end. `begun`: by then somebody is on it. */
function longToRead(store: EventStore): { store: EventStore; begun: Promise<void>; ended: () => boolean } {
  const begun = Promise.withResolvers<void>();
  let ended = false;
  const slow = Object.assign(Object.create(store) as EventStore, {
    async *readAll(...asked: Parameters<EventStore['readAll']>) {
      yield* store.readAll(...asked);
      for (let n = 0; n < 1_000; n += 1) {
        await turn();
        begun.resolve();
        yield [];
      }
      ended = true;
    },
  });
  return { store: slow, begun: begun.promise, ended: () => ended };
}
