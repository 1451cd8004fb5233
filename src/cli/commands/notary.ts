import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { SystemClock } from '../../clock.js';
import { readConfig, type Config } from '../../config.js';
import type { DatabaseLocation } from '../../database/open-database.js';
import { LawBook } from '../../cases/law-book.js';
import { logIn, notaryTurnsIn, openLogDatabase, prepareLogDatabase, signerIn } from '../../notary.js';
import { LogReader } from '../../transparency/log/log-reader.js';
import { forkLog } from '../../transparency/notary/fork.js';
import { signerOf } from '../../transparency/notary/notary-key.js';
import { verifierLine } from '../../transparency/note/note-keys.js';
import { CommandFailure } from '../failure.js';
import { runningServiceOn } from '../running-service.js';
import type { Terminal } from '../terminal.js';

const TURN_MS = 5_000;
const LONGEST_REASON = 500;

const HELP = `
For the one case in which the notary is right to refuse and the data are right, too: a backup was restored, and what was signed
after it is lost. The log that there was is kept, and auditors are told the reason. Stop the service first, and start it afterwards.
Whoever keeps a checkpoint of the old log will see that another has begun: tell them before they ask.`;

export function addNotary(program: Command, terminal: Terminal): void {
  const notary = program
    .command('notary')
    .description('the key that signs the log of all events, and a new log');
  notary
    .command('key')
    .description('show the line by which auditors know the key; it is no secret')
    .action(() => terminal.out(lineOf(configOf(terminal))));
  notary
    .command('fork')
    .requiredOption('--reason <reason>', 'why, for auditors; name nobody')
    .description('begin a new log after a restore')
    .addHelpText('after', HELP)
    .action(({ reason }: { reason: string }) => fork(terminal, reason.trim()));
}

/** Production refuses some keys; to look at one is no start. */
const configOf = ({ env }: Terminal): Config =>
  readConfig({ ...env, NODE_ENV: undefined, HABEAS_ROLES: 'notary' });

function lineOf({ notaryKeyFile: file }: Config): string {
  if (!existsSync(file)) throw new CommandFailure(`There is no key in ${file} (HABEAS_NOTARY_KEY_FILE).`);
  return verifierLine(signerOf(readFileSync(file)).key);
}

async function fork(terminal: Terminal, reason: string): Promise<void> {
  const config = configOf(terminal);
  if (reason === '' || reason.length > LONGEST_REASON)
    throw new CommandFailure(`The reason has 1 to ${LONGEST_REASON} characters.`);
  if (!existsSync(config.notaryKeyFile)) lineOf(config);
  if ((await runningServiceOn(config.dataDir)) !== undefined)
    throw new CommandFailure('The service runs on this data: stop it first. Nothing was changed.');
  const location = logIn(config);
  if (location.kind === 'sqlite' && !existsSync(config.dataDir))
    throw new CommandFailure(`There are no data in ${config.dataDir}: is HABEAS_DATA the right one?`);
  await prepareLogDatabase(location);
  await alone(location, () => begin(config, terminal, reason));
}

async function begin(config: Config, terminal: Terminal, reason: string): Promise<void> {
  const database = openLogDatabase(logIn(config));
  try {
    const before = await new LogReader(database).present();
    const signing = signerIn(config);
    if (!before && signing.memory.read() === undefined)
      throw new CommandFailure('There is no log yet: the notary begins the first one by itself.');
    const clock = new SystemClock(LawBook.of('BY').law.timeZone);
    const origin = await forkLog({ database, clock, ...signing }, reason);
    if (before) terminal.say(`The log "${before.origin}" has ended.`);
    terminal.out(`The log "${origin}" has begun, signed by the same key. Start the service again.`);
  } finally {
    await database.destroy();
  }
}

/** Of a database that several processes share: only while no notary is at work. */
async function alone(location: DatabaseLocation, work: () => Promise<void>): Promise<void> {
  const takeTurn = notaryTurnsIn(location);
  if (!takeTurn) return work();
  let begun = false;
  const patience = AbortSignal.timeout(TURN_MS);
  const end = new AbortController();
  patience.addEventListener('abort', () => !begun && end.abort());
  await takeTurn(end.signal, () => {
    begun = true;
    return work();
  });
  if (!begun)
    throw new CommandFailure('A notary is at work on this database: stop it first. Nothing was changed.');
}
