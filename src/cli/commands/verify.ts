import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Unproven } from '../../evidence/verdict.js';
import { verifyBundle, type ProvenCase, type Trust } from '../../evidence/verify-bundle.js';
import { readVerifierLine, type NoteKey } from '../../transparency/note/note-keys.js';
import { CommandFailure } from '../failure.js';
import { filesInWords } from '../evidence-files.js';
import type { Terminal } from '../terminal.js';

interface VerifyOptions {
  key?: string;
  known?: string;
  evidence?: string[];
}

export function addVerify(program: Command, terminal: Terminal): void {
  program
    .command('verify')
    .argument('<file>', 'an evidence file, as it was exported')
    .option(
      '--key <key>',
      'the verifier line of whoever signs the log, or a file with it, had from elsewhere',
    )
    .option('--known <file>', 'a checkpoint that you have kept')
    .option('--evidence <files...>', 'files that you were given with it, to be held to their hashes')
    .description('check the evidence of a case: no server, no network, no trust in whoever sent it')
    .action((file: string, options: VerifyOptions) => verify(terminal, file, options));
}

async function verify(
  terminal: Terminal,
  file: string,
  { key, known, evidence = [] }: VerifyOptions,
): Promise<void> {
  const trust: Trust = {
    ...(key !== undefined && { key: keyIn(key) }),
    ...(known !== undefined && { known: textOf(known) }),
  };
  try {
    const proven = verifyBundle(textOf(file), trust);
    const files = await filesInWords(evidence, proven.files);
    for (const line of inWords(proven, known !== undefined, files)) terminal.out(line);
  } catch (error) {
    if (!(error instanceof Unproven)) throw error;
    throw new CommandFailure(`NOT PROVEN (${error.aspect}): ${error.message}`, error.exitCode);
  }
}

function keyIn(given: string): NoteKey {
  const key = readVerifierLine(existsSync(given) ? readFileSync(given, 'utf8') : given);
  if (!key) throw new CommandFailure('--key: this is no verifier line (name+id+key)');
  return key;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailure(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    );
  }
}

/** What was checked, for somebody who is no programmer. */
function inWords(proven: ProvenCase, isKnown: boolean, checked: readonly string[]): string[] {
  const { caseId, mergedFrom, events, exportedAt, checkpoint, signedBy, isOriginKnown, erased } = proven;
  return [
    `PROVEN: case ${caseId}${mergedFrom.length > 0 ? `, with ${mergedFrom.join(', ')}, which are part of it` : ''}`,
    `- ${events} events, from the first one to the export of ${exportedAt}: none is missing, altered or out of its place.`,
    `- Each of them stands in the log "${checkpoint.origin}" of ${checkpoint.size} events, which ${signedBy} has signed.`,
    ...(isKnown ? ['- That log begins with the one whose checkpoint you have kept.'] : []),
    ...proven.files.map(
      ({ evidenceId, mediaType, size, sha256 }) =>
        `- It has the file ${evidenceId} (${mediaType}, ${size} bytes): what has the SHA-256 ${sha256} is that file.`,
    ),
    ...checked,
    ...erased.map(
      ({ stream, revision, type, fields, erasedAt }) =>
        `- Erased on ${erasedAt}, and for good: ${fields.join(', ')} of event ${revision} (${type}) of ${stream}.`,
    ),
    ...(isOriginKnown
      ? []
      : [
          'NOT CHECKED: who signed. The key came with the file; a forger would have put his own there. Give --key.',
        ]),
    'What is sealed stays sealed: names and texts are proven to be unaltered, not shown.',
  ];
}
