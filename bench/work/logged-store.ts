import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely } from 'kysely';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { type EventStore } from '../../src/event-store/event-store.js';
import { logIn, openLogDatabase, prepareLogDatabase } from '../../src/notary.js';
import { type LogTables } from '../../src/transparency/log/log-tables.js';
import { LogWriter } from '../../src/transparency/log/log-writer.js';
import { CheckpointMemory } from '../../src/transparency/notary/checkpoint-memory.js';
import { nextLeaves } from '../../src/transparency/notary/next-leaves.js';
import { checkpointText } from '../../src/transparency/note/checkpoint.js';
import { noteKey, verifierLine, type NoteKey } from '../../src/transparency/note/note-keys.js';
import { signNote } from '../../src/transparency/note/signed-note.js';
import { say } from '../harness/program.js';
import { writeStore } from './write-store.js';

const ORIGIN = 'bench.example/log';
const BATCH = 5_000;

/** A store with a log of it that was signed, as a notary leaves them behind. */
export interface LoggedStore {
  store: EventStore;
  database: Kysely<LogTables>;
  signer: { key: NoteKey; privateKey: KeyObject };
  memory: CheckpointMemory;
  /** Files as an auditor keeps them. */
  keyFile: string;
  checkpointFile: string;
  close(): Promise<void>;
}

export async function loggedStore(folder: string, data: string, events: number): Promise<LoggedStore> {
  const store = new SqliteEventStore({ folder: data });
  await writeStore(store, events);
  const location = logIn({ dataDir: data, databaseUrl: undefined });
  await prepareLogDatabase(location);
  const database = openLogDatabase(location);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signer = { key: noteKey(ORIGIN, publicKey), privateKey };
  const [keyFile, checkpointFile] = [join(folder, 'notary.pub'), join(folder, 'checkpoint')];
  const note = await log(store, database, signer);
  const memory = new CheckpointMemory(checkpointFile);
  memory.write(note);
  writeFileSync(keyFile, verifierLine(signer.key));
  const close = async (): Promise<void> => {
    await store.close();
    await database.destroy();
  };
  return { store, database, signer, memory, keyFile, checkpointFile, close };
}

async function log(
  store: EventStore,
  database: Kysely<LogTables>,
  { key, privateKey }: LoggedStore['signer'],
): Promise<string> {
  const began = performance.now();
  const signedAt = new Date().toISOString();
  const log = { origin: key.name, verifier: verifierLine(key), begunAt: signedAt, reason: null };
  const writer = await LogWriter.begin(database, log);
  for await (const batch of store.readAll(undefined, undefined, BATCH)) {
    const ends = await writer.ends([...new Set(batch.map(({ stream }) => stream))]);
    await writer.append(nextLeaves(batch, ends, writer.state.size));
  }
  const { size } = writer.state;
  const note = signNote(checkpointText({ origin: key.name, size, head: writer.head() }), key, privateKey);
  await writer.keep({ size, note, signedAt });
  say(`${size.toLocaleString('en')} events logged in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return note;
}
