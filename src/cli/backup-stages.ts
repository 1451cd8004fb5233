import { BackupFault } from '../backup/backup-fault.js';
import type { Show } from '../backup/watch.js';
import type { Config } from '../config.js';
import { HabeasError } from '../errors.js';
import { CommandFailure } from './failure.js';
import { progressOn, type Progress } from './progress.js';
import type { Terminal } from './terminal.js';

/** Throws `CommandFailure` where what would be copied lies on servers, which have means of their own. */
export function demandEmbedded(
  { eventStore, databaseUrl }: Pick<Config, 'eventStore' | 'databaseUrl'>,
  command: string,
): void {
  if (eventStore === undefined && databaseUrl === undefined) return;
  throw new CommandFailure(
    `habeas ${command} is for the embedded stores. With EVENTSTORE_URL or DATABASE_URL use EventStoreDB's own backup and pg_dump, the schema habeas_keys apart from the others: docs/operations.md says how.`,
  );
}

/** Each stage with a bar where a person watches, elsewhere with a line. What went wrong is said for the person who asked. */
export async function withStages<T>(terminal: Terminal, work: (show: Show) => Promise<T>): Promise<T> {
  let now: { stage: string; bar: Progress } | undefined;
  const show: Show = (stage, done = 0, total) => {
    if (now?.stage !== stage) {
      now?.bar.end();
      now = { stage, bar: progressOn(terminal, stage) };
      if (!terminal.watched) terminal.say(`${stage} …`);
    }
    now.bar.show(done, total);
  };
  try {
    return await work(show);
  } catch (error) {
    if (error instanceof BackupFault || error instanceof HabeasError) throw new CommandFailure(error.message);
    throw error;
  } finally {
    now?.bar.end();
  }
}
