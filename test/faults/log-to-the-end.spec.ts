import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { closeSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildProgram } from '../support/program.js';

const LINES = 20;

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-log-'));
  program = await buildProgram('test/faults/programs/log-and-end.ts', folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('a process that ends has written every line of its log, in the order in which they were said', async () => {
  const file = join(folder, 'log');
  const log = openSync(file, 'a');
  const child = spawn(process.execPath, [program, String(LINES)], {
    stdio: ['ignore', log, 'inherit'],
    env: { UV_THREADPOOL_SIZE: '1' },
  });
  closeSync(log);
  expect(await once(child, 'close')).toEqual([1, null]);
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
  const said = lines.map((line) => (JSON.parse(line) as { attempts: number }).attempts);
  expect(said).toEqual(Array.from({ length: LINES }, (_, n) => n + 1));
});
