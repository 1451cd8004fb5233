import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import placeCluster from './postgres-setup.js';

const KEEPER = join(import.meta.dirname, 'postgres-keeper.ts');
const LOOK_EVERY_MS = 20;
const START_MS = 60_000;

/** The address of the server, started by whoever wants it first. It ends with the process that has said where it would be. */
export async function clusterUrl(): Promise<string> {
  if (process.env['HABEAS_TEST_POSTGRES'] === undefined) placeCluster();
  const folder = process.env['HABEAS_TEST_POSTGRES'] ?? '';
  if (isFirst(folder)) {
    const owner = process.env['HABEAS_TEST_POSTGRES_OWNER'] ?? '';
    spawn(process.execPath, [KEEPER, folder, owner], { detached: true, stdio: 'ignore' }).unref();
  }
  const [address, failure] = [join(folder, 'url'), join(folder, 'failed')];
  const deadline = Date.now() + START_MS;
  while (!existsSync(address)) {
    if (existsSync(failure)) throw new Error(`no PostgreSQL: ${readFileSync(failure, 'utf8')}`);
    if (Date.now() > deadline) throw new Error('the PostgreSQL server for the tests does not start');
    await pause(LOOK_EVERY_MS);
  }
  return readFileSync(address, 'utf8');
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'wanted'));
    return true;
  } catch {
    return false;
  }
}
