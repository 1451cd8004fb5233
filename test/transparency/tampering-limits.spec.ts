import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { Unproven } from '../../src/evidence/verdict.js';
import type { Trust } from '../../src/evidence/verify-bundle.js';
import { verifyWholeStore, type ProvenStore } from '../../src/evidence/verify-whole-store.js';
import { leafHashIn } from '../../src/ledger/chain.js';
import { LogReader } from '../../src/transparency/log/log-reader.js';
import { LogWriter } from '../../src/transparency/log/log-writer.js';
import { forkLog } from '../../src/transparency/notary/fork.js';
import { nextLeaves } from '../../src/transparency/notary/next-leaves.js';
import { rememberedBy } from '../../src/transparency/notary/remembering.js';
import { Signing } from '../../src/transparency/notary/signing.js';
import { verifyWhole } from '../../src/transparency/notary/verification.js';
import { checkpointText } from '../../src/transparency/note/checkpoint.js';
import { noteKey, verifierLine } from '../../src/transparency/note/note-keys.js';
import { signNote } from '../../src/transparency/note/signed-note.js';
import { SystemClock } from '../../src/clock.js';
import { freshFile } from '../support/databases.js';
import { everything } from '../support/store-events.js';
import { forged } from './support/alterations.js';
import { Notarised } from './support/notarised.js';
import { TamperedStore, type Row } from './support/tampered-store.js';

/** More than a tile of the log. */
const CASES = 28;
const EVENTS = 280;

describe('of a store that was altered', () => {
  let notarised: Notarised;
  let streams: string[];
  let tampered: TamperedStore;
  let trust: Required<Trust>;

  beforeEach(async () => {
    notarised = await Notarised.on(await freshFile());
    streams = await notarised.recordCases(CASES, EVENTS / CASES);
    notarised.start();
    await notarised.covered();
    trust = { key: notarised.key, known: notarised.memory.read()! };
    tampered = new TamperedStore(notarised.folder);
  });
  afterEach(async () => {
    tampered.close();
    await notarised.remove();
  });

  const verified = (trusting: Trust = trust) =>
    verifyWholeStore({ store: notarised.store, log: new LogReader(notarised.database), trust: trusting });
  /** Of a store that was taken without its log. */
  const verifiedAlone = (trusting: Trust) =>
    verifyWholeStore({ store: notarised.store, log: undefined, trust: trusting });
  const failing = async (verifying: Promise<ProvenStore>): Promise<Unproven> => {
    const found = await verifying.catch((error: unknown) => error);
    if (found instanceof Unproven) return found;
    throw new Error('it was found to be whole', { cause: found });
  };
  /** As the notary does once a day. */
  const again = async () => {
    const reader = new LogReader(notarised.database);
    const { store, signer, memory } = notarised;
    return (await verifyWhole({ store, signer, memory, reader }, new AbortController().signal))?.fault;
  };
  const row = (n: number): Row => tampered.rows[n]!;
  const alterPayload = ({ event_id }: Row): void =>
    tampered.run(
      `UPDATE events SET payload = replace(payload, '"v":1', '"v":2') WHERE event_id = ?`,
      event_id,
    );

  describe('by the notary', () => {
    it('rows that it signed long ago are not read while it runs, nor when it starts; but once a day they are', async () => {
      alterPayload(row(7));
      await notarised.record(3);
      await notarised.covered();
      await notarised.stop();
      await notarised.record(1);
      notarised.start();
      await notarised.covered();
      expect(notarised.news.filter(({ kind }) => kind === 'refused')).toEqual([]);
      expect(await again()).toMatchObject({
        aspect: 'payload',
        leaf: 7,
        event: { eventId: row(7).event_id },
      });
      expect(await failing(verified())).toMatchObject({ aspect: 'payload', fault: { leaf: 7 } });
    });

    it('what is altered after it was logged is found before it is signed', async () => {
      await notarised.stop();
      const stream = await notarised.record(5);
      const { store, database, memory, key } = notarised;
      const writer = (await LogWriter.open(database))!;
      const signer = { key, privateKey: notarised.keys.privateKey };
      const parts = { store, writer, signer, memory, reader: new LogReader(database) };
      const ways = { clock: new SystemClock('UTC'), signal: new AbortController().signal };
      const signing = await Signing.resume({ ...parts, ...ways }, rememberedBy({ signer, memory }));
      const { position, size } = writer.state;
      await writer.append(nextLeaves(await everything(store, position), new Map(), size));
      tampered.run(
        `UPDATE events SET type = 'NoteAdde' WHERE revision = 3 AND stream_id = (SELECT id FROM streams WHERE name = ?)`,
        stream,
      );
      await expect(signing.sign()).rejects.toMatchObject({
        fault: { leaf: EVENTS + 3, event: { stream, revision: 3 } },
      });
      expect(memory.read()).toBe(trust.known);
    });

    it('nobody can be known who writes a whole event behind all others', async () => {
      await notarised.stop();
      const stream = `case-${v7()}`;
      const made = forged(row(0), { stream, revision: 0, prev: null }, 'never happened');
      tampered.put({ ...made, position: EVENTS + 1, stream_id: tampered.newStream(stream) });
      expect(await verified()).toMatchObject({ events: EVENTS + 1, log: { size: EVENTS } });
      expect(await again()).toBeUndefined();
    });
  });

  it('numbers that leave the order as it is say nothing, and are not looked at', async () => {
    tampered.run('UPDATE events SET position = position + 1000 WHERE position > ?', EVENTS - 5);
    expect(tampered.firstAltered()).toBeUndefined();
    expect(await verified()).toMatchObject({ events: EVENTS });
  });

  it('an end that is missing is not seen without a checkpoint and without a log', async () => {
    tampered.run('DELETE FROM events WHERE position > ?', EVENTS - 5);
    expect(await verifiedAlone({})).toMatchObject({ events: EVENTS - 5 });
    expect(await failing(verifiedAlone({ known: trust.known }))).toMatchObject({ aspect: 'head' });
    expect(await failing(verified({}))).toMatchObject({ aspect: 'head', fault: { leaf: EVENTS - 5 } });
  });

  it('a history written anew together with its log is known by a checkpoint, and by whom the log is signed', async () => {
    await notarised.stop();
    await writeAnew();
    expect(await verified({})).toMatchObject({ events: EVENTS });
    expect(await failing(verified({ key: trust.key }))).toMatchObject({ aspect: 'signature' });
    expect(await failing(verified({ known: trust.known }))).toMatchObject({ aspect: 'consistency' });
  });

  /** The first event of a case with other words, all behind it in its stream with new hashes, and a log for that. */
  async function writeAnew(): Promise<void> {
    const stream = streams[0]!;
    const rows = tampered.rows.filter((one) => tampered.nameOf(one) === stream);
    let prev: string | null = null;
    for (const one of rows) {
      const made = forged(one, { stream, revision: one.revision, prev }, 'otherwise');
      prev = leafHashIn(made);
      tampered.run('DELETE FROM events WHERE event_id = ?', one.event_id);
      tampered.put(made);
    }
    const { database } = notarised;
    for (const table of ['tlogTile', 'tlogStream', 'tlogCheckpoint', 'tlog'] as const)
      await database.deleteFrom(table).execute();
    const origin = trust.key.name;
    const writer = await LogWriter.begin(database, {
      origin,
      verifier: verifierLine(trust.key),
      begunAt: '2020-02-07T12:00:00.000Z',
      reason: null,
    });
    await writer.append(nextLeaves(await everything(notarised.store), new Map(), 0));
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const text = checkpointText({ origin, size: EVENTS, head: writer.head() });
    const note = signNote(text, noteKey(origin, publicKey), privateKey);
    await writer.keep({ size: EVENTS, note, signedAt: '2020-02-07T12:00:00.000Z' });
  }

  describe('where only the log was altered', () => {
    it('the events are found to be those that were signed', async () => {
      const { database } = notarised;
      const where = { level: 0, tile: 0 };
      const of = database.selectFrom('tlogTile').select('hashes');
      const { hashes } = await of.where('level', '=', 0).where('tile', '=', 0).executeTakeFirstOrThrow();
      hashes[77]! ^= 1;
      await database
        .updateTable('tlogTile')
        .set({ hashes })
        .where('level', '=', where.level)
        .where('tile', '=', where.tile)
        .execute();
      const found = await failing(verified());
      expect(found).toMatchObject({ aspect: 'inclusion', fault: undefined });
      expect(found.message).toMatch(/the events are those that were signed/);
      await database.deleteFrom('tlogTile').where('level', '=', 0).where('tile', '=', 0).execute();
      expect(await failing(verified())).toMatchObject({ aspect: 'inclusion' });
      alterPayload(row(3));
      expect(await failing(verified())).toMatchObject({ aspect: 'payload', fault: { leaf: 3 } });
    });

    it('a log that is shorter than what was signed of it is not taken', async () => {
      await notarised.stop();
      await notarised.database.updateTable('tlog').set({ size: 100 }).execute();
      expect(await failing(verified())).toMatchObject({ aspect: 'head' });
    });
  });

  it('nothing is found of a store that was not read to its end', async () => {
    const { store } = notarised;
    const ended = verifyWholeStore({ store, log: undefined, trust, signal: AbortSignal.abort() });
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('a checkpoint is taken from nobody but the holder of the key', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const another = noteKey(trust.key.name, publicKey);
    expect(await failing(verified({ ...trust, key: another }))).toMatchObject({ aspect: 'signature' });
    expect(await failing(verified({ known: 'no note' }))).toMatchObject({ aspect: 'signature' });
    const later = trust.known.replace(`\n${EVENTS}\n`, `\n${EVENTS + 1}\n`);
    expect(await failing(verified({ ...trust, known: later }))).toMatchObject({ aspect: 'signature' });
    expect(await failing(verified({ known: later }))).toMatchObject({ aspect: 'head' });
  });

  it('a checkpoint is good for what it covers, also when the log was begun anew since', async () => {
    await notarised.stop();
    const reason = 'restored from a backup';
    const origin = await forkLog(notarised, reason);
    await notarised.record(2);
    notarised.start();
    await notarised.covered();
    expect(await verified()).toMatchObject({
      known: { origin: trust.key.name, size: EVENTS },
      log: { origin, begunAnew: reason, size: EVENTS + 2, checkpoint: { origin, size: EVENTS + 2 } },
    });
    tampered.swap(row(0), row(1));
    expect(await failing(verified())).toMatchObject({ fault: { leaf: 0 } });
  });
});
