import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Unproven } from '../../evidence/verdict.js';
import { verifyBundle, type Trust } from '../../evidence/verify-bundle.js';
import { readVerifierLine, type NoteKey } from '../../transparency/note/note-keys.js';
import { CommandFailure } from '../failure.js';
import { filesInWords } from '../verify/evidence-files.js';
import type { Terminal } from '../terminal.js';
import { bundleInWords } from '../verify/bundle-in-words.js';
import { storeInWords } from '../verify/store-in-words.js';
import { verifiedStore } from '../verify/verified-store.js';

const HELP = `
An evidence file needs nothing but itself: no server, no network, no settings.

With --store, FILE is a data folder, or a copy of one; without it, the store that the settings name is read, EventStoreDB
too. Nothing is written, and a service may run meanwhile.

Exit codes: 0 it holds; 10 not a file that was exported; 11 the content of an event; 12 the chain of a stream; 13 the place
in the log; 14 a signature; 15 the checkpoint that you have kept; 16 the end is missing; 17 a file that you gave is none of the
case's; 18 something else is missing. 1: it could not be checked. 78: the settings are wrong. 130: interrupted.`;

interface VerifyOptions {
  key?: string;
  known?: string;
  store?: true;
  evidence?: string[];
}

export function addVerify(program: Command, terminal: Terminal): void {
  program
    .command('verify')
    .argument('[file]', 'an evidence file, as it was exported')
    .option(
      '--key <key>',
      'the verifier line of whoever signs the log, or a file with it, had from elsewhere',
    )
    .option('--known <file>', 'a checkpoint that you have kept')
    .option('--evidence <files...>', 'files that you were given with it, to be held to their hashes')
    .option('--store', 'check a whole store instead, every event of it')
    .description('check the evidence of a case, or a whole store: no trust in whoever has it')
    .addHelpText('after', HELP)
    .action((file: string | undefined, options: VerifyOptions) => verify(terminal, file, options));
}

async function verify(
  terminal: Terminal,
  file: string | undefined,
  { key, known, store, evidence = [] }: VerifyOptions,
): Promise<void> {
  const trust: Trust = {
    ...(key !== undefined && { key: keyIn(key) }),
    ...(known !== undefined && { known: knownIn(known) }),
  };
  try {
    if (store && evidence.length > 0)
      throw new CommandFailure('--evidence is for the evidence of a case; a store is checked without it.');
    const lines = store ? await ofStore(terminal, file, trust) : await ofBundle(file, trust, evidence);
    for (const line of lines) terminal.out(line);
  } catch (error) {
    if (!(error instanceof Unproven)) throw error;
    throw new CommandFailure(`NOT PROVEN (${error.aspect}): ${error.message}`, error.exitCode);
  }
}

async function ofStore(terminal: Terminal, folder: string | undefined, trust: Trust): Promise<string[]> {
  const { proven, place } = await verifiedStore(terminal, folder, trust);
  return storeInWords(proven, { place, isKeyGiven: trust.key !== undefined });
}

async function ofBundle(
  file: string | undefined,
  trust: Trust,
  evidence: readonly string[],
): Promise<string[]> {
  if (file === undefined) throw new CommandFailure('Which file? Or --store, for a whole store.');
  const proven = verifyBundle(bundleIn(file), trust);
  return bundleInWords(proven, trust.known !== undefined, await filesInWords(evidence, proven.files));
}

function keyIn(given: string): NoteKey {
  const key = readVerifierLine(existsSync(given) ? readFileSync(given, 'utf8') : given);
  if (!key) throw new CommandFailure('--key: this is no verifier line (name+id+key)');
  return key;
}

function bundleIn(file: string): string {
  const text = textOf(file);
  if (text === undefined)
    throw new Unproven('manifest', 'this is no evidence file: there are bytes in it that are no text');
  return text;
}

function knownIn(file: string): string {
  const text = textOf(file);
  if (text === undefined)
    throw new CommandFailure(`${file} is no checkpoint: there are bytes in it that are no text`);
  return text;
}

/** To the byte: undefined where there is anything that would be shown as a sign that stands for it, and so as something else. */
function textOf(file: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new CommandFailure(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    );
  }
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}
