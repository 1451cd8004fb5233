import { Option, type Command } from 'commander';
import { readConfig, StartRefused } from '../../config.js';
import { HabeasError } from '../../errors.js';
import { openEventStore } from '../../event-store-location.js';
import type { EventStore } from '../../event-store/event-store.js';
import { CommandFailure } from '../failure.js';
import { interruptible } from '../interruption.js';
import { Migration } from '../migrate/migration.js';
import { HELP, whatNow } from '../migrate/words.js';
import { runningServiceOn } from '../running-service.js';
import type { Terminal } from '../terminal.js';

export function addMigrateStore(program: Command, terminal: Terminal): void {
  program
    .command('migrate-store')
    .addOption(storeOption('--from <store>', 'the embedded store in HABEAS_DATA', 'sqlite'))
    .addOption(storeOption('--to <store>', 'the EventStoreDB that EVENTSTORE_URL names', 'eventstoredb'))
    .option('--verify-only', 'copy nothing; compare what is in both, event by event')
    .description(
      'copy the embedded event store into an EventStoreDB, and verify the copy; again, it completes itself',
    )
    .addHelpText('after', HELP)
    .action(({ verifyOnly }: { verifyOnly?: true }) => migrateStore(terminal, verifyOnly === true));
}

const storeOption = (flag: string, what: string, only: string): Option =>
  new Option(flag, what).choices([only]).makeOptionMandatory();

async function migrateStore(terminal: Terminal, onlyVerify: boolean): Promise<void> {
  const config = readConfig(terminal.env);
  const { dataDir, eventStore: to } = config;
  if (!to) {
    throw new StartRefused([
      'EVENTSTORE_URL: is not set; it (or EVENTSTORE_URL_FILE) names the EventStoreDB',
    ]);
  }
  await demandStandstill(dataDir);
  const source = openSource(dataDir);
  const target = openEventStore({ kind: 'eventstoredb', to });
  try {
    await demandAnswer(target);
    const migration = new Migration(source, target, terminal);
    await interruptible(
      terminal,
      async (signal) => {
        if (!onlyVerify) await migration.copy(signal);
        await migration.verify(signal);
      },
      () => migration.soFar,
    );
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
  await demandStandstill(dataDir);
  if (!onlyVerify) whatNow(config).forEach((line) => terminal.out(line));
}

/** Else what is recorded meanwhile would be missing from the copy. */
async function demandStandstill(dataDir: string): Promise<void> {
  const url = await runningServiceOn(dataDir);
  if (url === undefined) return;
  throw new CommandFailure(
    `A service runs on the data in ${dataDir}, at ${url}. Stop it: what it records meanwhile would be missing from the copy.`,
  );
}

function openSource(dataDir: string): EventStore {
  try {
    return openEventStore({ kind: 'sqlite', folder: dataDir }, { access: 'read' });
  } catch (error) {
    if (!(error instanceof HabeasError)) throw error;
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    throw new CommandFailure(`The event store in ${dataDir} cannot be opened: ${error.message}${cause}`);
  }
}

/** Once, without the patience of the copy: wrong credentials do not become right by waiting. */
async function demandAnswer(target: EventStore): Promise<void> {
  try {
    await target.checkWritable();
  } catch (error) {
    if (error instanceof HabeasError) throw new CommandFailure(`Nothing was copied: ${error.message}`);
    throw error;
  }
}
