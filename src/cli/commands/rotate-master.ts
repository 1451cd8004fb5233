import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { readConfig, StartRefused, type Config } from '../../config.js';
import { HabeasError } from '../../errors.js';
import { flushFolder } from '../../flush.js';
import { keysIn, type KeyStore } from '../../keys/key-store.js';
import type { MasterKey } from '../../keys/master-key.js';
import { keyIn, nextMasterKeyFile } from '../../keys/master-keys.js';
import { Rotation } from '../../keys/rotation.js';
import { openKeyStore } from '../../open-key-store.js';
import { liesUnder, makeKey, keyFaults } from '../../security/key-files.js';
import { CommandFailure } from '../failure.js';
import { progressOn } from '../progress.js';
import type { Terminal } from '../terminal.js';

const HELP = `
The next key lies beside the present one, as <master key file>.next; it is made if it is not there. Services go on meanwhile.
Cut off at any point, the same command goes on. Where several machines share the keys, put the same .next on all of them
first, and run the command on each: the last step is each machine's own.
Backups made before need the key that is replaced: --keep puts it elsewhere. Without it, it is gone, and with it whatever
could be opened of wrapped keys that have left traces on disks.`;

const NO_KEYS = 'There are no keys here: is HABEAS_DATA the right one? Nothing was changed.';

export function addRotateMaster(keys: Command, terminal: Terminal): void {
  keys
    .command('rotate-master')
    .option('--keep <file>', 'put the key that is replaced there, for backups made before')
    .description('wrap all keys anew with another master key, which then takes the place of the present one')
    .addHelpText('after', HELP)
    .action(({ keep }: { keep?: string }) => rotateMaster(terminal, keep));
}

async function rotateMaster(terminal: Terminal, keep: string | undefined): Promise<void> {
  // Production refuses some keys; this is how to get away from them.
  const config = readConfig({ ...terminal.env, NODE_ENV: undefined });
  const { masterKeyFile: file } = config;
  if (!existsSync(file)) throw new StartRefused([`HABEAS_MASTER_KEY_FILE: ${file} is missing`]);
  const keys = keysIn(config);
  if (keys.kind === 'sqlite' && !existsSync(keys.file)) throw new CommandFailure(NO_KEYS);
  const store = await openKeyStore(config);
  try {
    const next = nextKey(config);
    terminal.say(`The next master key is ${nextMasterKeyFile(file)}.`);
    if (keep !== undefined) putAside(config, resolve(keep));
    await wrapWith(next, store, terminal);
    takePlace(file, next);
  } catch (error) {
    if (error instanceof HabeasError)
      throw new CommandFailure(`The master key is not changed yet: ${error.message}`);
    throw error;
  } finally {
    await store.close();
  }
  terminal.out(
    `All keys are wrapped by the new master key, which is now in ${file}. Keep a copy of it, apart from the backups.`,
  );
}

function nextKey({ masterKeyFile, keysDatabaseUrl, databaseUrl }: Config): MasterKey {
  const file = nextMasterKeyFile(masterKeyFile);
  if (!existsSync(file)) {
    if (keysDatabaseUrl !== undefined || databaseUrl !== undefined) {
      throw new CommandFailure(
        `${file} is missing. Make it (openssl rand -out FILE 32; chmod 600) and put it on every machine that has these keys: a process that does not find it could read nothing more.`,
      );
    }
    makeKey(file);
  }
  const faults = keyFaults(file, { mustExist: true });
  if (faults.length > 0) throw new CommandFailure(faults.join('\n'));
  // A power cut must not take its name back once keys are wrapped by it.
  flushFolder(dirname(file));
  const next = keyIn(file);
  if (!next || next.id === keyIn(masterKeyFile)?.id) {
    throw new CommandFailure(`${file} holds the same key as ${masterKeyFile}. Nothing was changed.`);
  }
  return next;
}

async function wrapWith(next: MasterKey, store: KeyStore, terminal: Terminal): Promise<void> {
  const rotation = new Rotation(store, next);
  if ((await rotation.keys()) === 0) {
    throw new CommandFailure(NO_KEYS);
  }
  await rotation.begin();
  await shown(terminal, 'Wrapping keys anew', (show) => rotation.wrapAnew(show));
  const well = await shown(terminal, 'Opening each', (show) => rotation.verify(show));
  if (!well)
    throw new CommandFailure('Another change of the master key came between. Run the command again.');
}

async function shown<T>(
  terminal: Terminal,
  what: string,
  work: (show: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  if (!terminal.watched) terminal.say(`${what} …`);
  const progress = progressOn(terminal, what);
  try {
    return await work((done, total) => progress.show(done, total));
  } finally {
    progress.end();
  }
}

/** Never over another key. */
function putAside({ masterKeyFile, dataDir }: Config, keep: string): void {
  if (liesUnder(keep, dataDir))
    throw new CommandFailure(`${keep} lies under HABEAS_DATA. Nothing was changed.`);
  const key = readFileSync(masterKeyFile);
  if (existsSync(keep) && readFileSync(keep).equals(key)) return;
  try {
    writeFileSync(keep, key, { flag: 'wx', mode: 0o600, flush: true });
    flushFolder(dirname(keep));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`The present key cannot be kept in ${keep} (${code}). Nothing was changed.`);
  }
}

function takePlace(file: string, next: MasterKey): void {
  try {
    renameSync(nextMasterKeyFile(file), file);
  } catch (error) {
    // Another run of this command was faster.
    if (keyIn(file)?.id !== next.id) throw error;
  }
  flushFolder(dirname(file));
}
