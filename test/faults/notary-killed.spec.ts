import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { leafHashIn } from '../../src/ledger/chain.js';
import { signerOf } from '../../src/transparency/notary/notary-key.js';
import { buildProgram } from '../support/program.js';
import { seededRandom } from '../support/random.js';
import { everything } from '../support/store-events.js';
import { contradicting, SignedNotes } from './support/signed-notes.js';

// A hundred processes.
jest.setTimeout(600_000);

const KILLS = 100;
const LONGEST_LIFE_MS = 120;
const SEED = Buffer.alloc(32, 7);
const CALLS = ['log', 'remember', 'show'] as const;

let built: string;
let program: string;
let folder: string;
let notes: SignedNotes;
beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'habeas-built-'));
  program = await buildProgram('test/faults/programs/notarise-until-killed.ts', built);
});
afterAll(() => rmSync(built, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'habeas-killed-'));
  writeFileSync(join(folder, 'notary.key'), SEED, { mode: 0o600 });
  notes = new SignedNotes(folder, signerOf(SEED).key);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs it until its death; what it has to say against that is an error. */
async function killed(death: string, ...mistake: string[]): Promise<void> {
  const child = spawn(process.execPath, [program, folder, death, ...mistake], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { NODE_COMPILE_CACHE: join(built, 'compiled') },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  expect({ death, signal, said }).toEqual({ death, signal: 'SIGKILL', said: '' });
}

async function leaves(): Promise<Buffer[]> {
  const store = new SqliteEventStore({ folder });
  try {
    return (await everything(store)).map((event) => Buffer.from(leafHashIn(event), 'base64url'));
  } finally {
    await store.close();
  }
}

describe('a notary that is killed again and again', () => {
  it('has never signed two logs, and never shown what it has not remembered', async () => {
    const random = seededRandom(20200809);
    const upTo = (most: number): number => Math.floor(random() * most);
    for (let n = 0; n < KILLS; n += 1) {
      const call = `${CALLS[n % 3]}:${upTo(2) ? 'before' : 'after'}:${1 + upTo(4)}`;
      await killed(n % 2 ? call : String(upTo(LONGEST_LIFE_MS)));
      expect(notes.forgotten()).toBeUndefined();
    }
    const signed = notes.all();
    expect(signed.length).toBeGreaterThan(KILLS);
    expect(contradicting(signed, await leaves())).toEqual([]);
  });

  it('would be found out if it remembered only what it has shown', async () => {
    await killed('show:after:1', 'forgetful');
    expect(notes.forgotten()).toMatchObject({ size: 0 });
  });

  it('would be found out if it signed another log', async () => {
    await killed('show:after:3');
    const one = notes.all().find(({ size }) => size > 0);
    const changed = { ...one!, head: Buffer.alloc(32) };
    const longer = { ...one!, size: one!.size + 1 };
    expect(contradicting([...notes.all(), changed, longer], await leaves())).toEqual([changed, longer]);
  });
});
