import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;
const STOP_MS = 20_000;

/**
 * Resolves when the server, if one was started, and its folder are gone. Jest calls this once, after all tests; if it cannot,
 * because it was killed, the server ends by itself.
 */
export default async function removeCluster(): Promise<void> {
  const folder = process.env['HABEAS_TEST_POSTGRES'];
  if (folder === undefined) return;
  const deadline = Date.now() + STOP_MS;
  if (existsSync(join(folder, 'wanted'))) {
    writeFileSync(join(folder, 'stop'), '');
    while (existsSync(folder) && !existsSync(join(folder, 'failed')) && Date.now() < deadline)
      await pause(LOOK_EVERY_MS);
  }
  rmSync(folder, { recursive: true, force: true });
}
