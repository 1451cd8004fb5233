import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { SystemClock } from '../../../src/clock.js';
import { migrate } from '../../../src/database/migrate.js';
import { openDatabaseAt } from '../../../src/database/open-database.js';
import { SqliteEventStore } from '../../../src/event-store/sqlite/sqlite-event-store.js';
import { Ledger } from '../../../src/ledger/ledger.js';
import { Upcasting } from '../../../src/ledger/upcasting.js';
import { LOG_MIGRATIONS, type LogTables } from '../../../src/transparency/log/log-tables.js';
import { LogWriter } from '../../../src/transparency/log/log-writer.js';
import { CheckpointMemory } from '../../../src/transparency/notary/checkpoint-memory.js';
import { memoryFileOf, signerOf } from '../../../src/transparency/notary/notary-key.js';
import { Notary } from '../../../src/transparency/notary/notary.js';
import { DataKeysInMemory } from '../../support/data-keys.js';
import { dieAtCall } from '../support/killed-at.js';

/**
 * Records events in the folder and has them notarised, until it is killed: at a call of the notary (`write:before:3`, the third
 * one), or after some milliseconds. What it remembers is written down first, in `signed`. With `forgetful` it is remembered only
 * after it was shown: the mistake that must be noticed.
 */
const [folder = '', death = '', mistake = ''] = process.argv.slice(2);
const keyFile = join(folder, 'notary.key');

const { write } = CheckpointMemory.prototype;
CheckpointMemory.prototype.write = function noted(this: CheckpointMemory, note: string): void {
  appendFileSync(join(folder, 'signed'), `${JSON.stringify(note)}\n`);
  if (mistake === 'forgetful') setTimeout(() => write.call(this, note), 50);
  else write.call(this, note);
};

const [call = '', when = '', nth = '1'] = death.split(':');
const CALLS: Record<string, [of: object, method: string]> = {
  log: [LogWriter.prototype, 'append'],
  remember: [CheckpointMemory.prototype, 'write'],
  show: [LogWriter.prototype, 'keep'],
};
const meant = CALLS[call];
if (meant) dieAtCall(...meant, when === 'before' ? 'before' : 'after', Number(nth));

const store = new SqliteEventStore({ folder });
const database = openDatabaseAt<LogTables>(
  { kind: 'sqlite', file: join(folder, 'notary.db') },
  { applicationName: 'a test' },
);
await migrate(database, 'tlog', LOG_MIGRATIONS);
const ledger = new Ledger(store, new Upcasting([]), new DataKeysInMemory());
const notary = new Notary({
  store,
  database,
  signer: signerOf(readFileSync(keyFile)),
  memory: new CheckpointMemory(memoryFileOf(keyFile)),
  clock: new SystemClock('Europe/Minsk', undefined),
  signEveryMs: 5,
  tell: (news) => {
    if (news.kind !== 'signed') process.stdout.write(`${JSON.stringify(news)}\n`);
  },
});
if (!meant) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(death));
void notary.run(new AbortController().signal);

const recordedBy = v7();
for (let n = 0; ; n += 1) {
  const stream = `case-${v7()}`;
  const envelope = {
    recordedAt: new Date().toISOString(),
    recordedBy,
    correlationId: v7(),
    causationId: v7(),
  };
  for (let revision = -1; revision < n % 4; revision += 1) {
    const event = { eventId: v7(), type: 'NoteAdded', data: { n } };
    await ledger.append(stream, [event], envelope, revision < 0 ? 'no_stream' : revision);
  }
}
