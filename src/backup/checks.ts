import { DatabaseSync } from 'node:sqlite';
import { eventsInFile } from '../event-store/sqlite/stored-file.js';
import { checkWholeStore } from '../event-store/sqlite/whole-store-check.js';
import type { KeyStore } from '../keys/key-store.js';
import { wrappedRows } from '../keys/wrapped-rows.js';
import { chainFault, keyIdsIn, leafHashIn } from '../ledger/chain.js';
import { BackupFault } from './backup-fault.js';
import { evidenceIn, type NamedEvidence } from './evidence.js';
import type { Show } from './watch.js';

const KEYS_ASKED_AT_ONCE = 500;

interface EventsFound {
  count: number;
  head: string | null;
  /** All that the events say they are sealed with. */
  keyIds: ReadonlySet<string>;
  /** The files that cases tell of. */
  evidence: NamedEvidence[];
}

export function checkSound(file: string): void {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const [said] = Object.values(db.prepare('PRAGMA integrity_check(1)').get() ?? {});
    if (said !== 'ok') throw new BackupFault(`${file} is damaged: ${String(said)}`);
  } finally {
    db.close();
  }
}

/** Every event by itself and after the one before it, and the file as a whole. Throws `BackupFault` for the first fault. */
export async function checkEvents(file: string, show: Show, expected?: number): Promise<EventsFound> {
  const lastOf = new Map<string, { revision: number; hash: string }>();
  const keyIds = new Set<string>();
  const evidence: NamedEvidence[] = [];
  let [count, head]: [number, string | null] = [0, null];
  for await (const events of eventsInFile(file)) {
    for (const event of events) {
      const last = lastOf.get(event.stream);
      const fault =
        chainFault(event, last?.hash ?? null) ??
        (event.revision === (last?.revision ?? -1) + 1 ? undefined : 'the one before it is missing');
      if (fault !== undefined) {
        throw new BackupFault(
          `The event ${event.revision} of ${event.stream} is not as it was written: ${fault}.`,
        );
      }
      for (const keyId of keyIdsIn(event)) keyIds.add(keyId);
      evidence.push(...evidenceIn(event));
      lastOf.set(event.stream, { revision: event.revision, hash: leafHashIn(event) });
      head = event.position;
    }
    show('Checking events', (count += events.length), expected);
  }
  await checkWholeStore(file, { span: () => ({ first: 1, last: Number(head ?? 0), count }) });
  return { count, head, keyIds, evidence };
}

/** Every key opens, by one master key, and none that is asked for is missing. Throws `BackupFault`, `key-damaged`, `master-key-missing`. */
export async function checkKeys(store: KeyStore, keyIds: ReadonlySet<string>, show: Show): Promise<void> {
  const { present } = store.masters;
  let done = 0;
  for await (const rows of wrappedRows(store.tables)) {
    for (const { keyId, masterId, wrapped } of rows) {
      if (masterId !== present.id) {
        throw new BackupFault(
          'Not all keys are wrapped by the master key that is here: habeas keys rotate-master is to be ended first.',
        );
      }
      present.unwrap(keyId, wrapped);
    }
    show('Checking keys', (done += rows.length));
  }
  const asked = [...keyIds];
  for (let from = 0; from < asked.length; from += KEYS_ASKED_AT_ONCE) {
    const some = asked.slice(from, from + KEYS_ASKED_AT_ONCE);
    const found = await store.find(some);
    const missing = some.filter((keyId) => !found.has(keyId)).length;
    if (missing > 0) throw new BackupFault(`${missing} keys that events name are not in the key store.`);
  }
}
