import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Lane, type Run } from '../faults/support/killed-lane.js';
import { buildProgram, copyData } from '../support/program.js';

const LONG = 600_000;

/** Two installations side by side, and on each so many cases for each step. */
const [LANES, ROUNDS] = globalThis.STORES === 'elsewhere' ? [1, 1] : [2, 5];

let program: string;
let programFolder: string;
beforeAll(async () => {
  programFolder = await mkdtemp(join(tmpdir(), 'habeas-erasing-'));
  program = await buildProgram('test/faults/programs/erase-until-killed.ts', programFolder);
  await copyData(programFolder);
  // What is killed keeps nothing of what it has compiled.
  expect(await run([], {})).toMatchObject({ code: 0 });
}, LONG);
afterAll(() => rm(programFolder, { recursive: true, force: true }));

const run: Run = async (args, env) => {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { NODE_COMPILE_CACHE: join(programFolder, 'compiled'), ...env },
    // A step that is never reached is to be told, not waited for.
    timeout: 60_000,
    killSignal: 'SIGTERM',
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (out += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, out };
};

it(
  `a process killed at each step of an erasure, ${LANES * ROUNDS} times each, leaves what the next one completes`,
  async () => {
    const lanes = await Promise.all(Array.from({ length: LANES }, () => Lane.make()));
    await Promise.all(lanes.map((lane) => lane.fill(ROUNDS)));
    await Promise.all(lanes.map((lane) => lane.killAll(run)));
    for (const lane of lanes) await lane.examine();
    await Promise.all(lanes.map((lane) => lane.remove()));
  },
  LONG,
);
