import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { AttachedFile } from '../evidence/attached-files.js';
import { Unproven } from '../evidence/verdict.js';
import { CommandFailure } from './failure.js';

/** Says of each file which of the case's it is. Throws `Unproven` for the first that is none of them. */
export async function filesInWords(
  given: readonly string[],
  attached: readonly AttachedFile[],
): Promise<string[]> {
  const lines: string[] = [];
  for (const file of given) {
    const hash = await sha256Of(file);
    const found = attached.find(({ sha256 }) => sha256 === hash);
    if (!found) {
      throw new Unproven('evidence', `${file} (SHA-256 ${hash}) is none of the files that the case tells of`);
    }
    lines.push(`- ${file} is, to the byte, the file ${found.evidenceId} of the case.`);
  }
  return lines;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw new CommandFailure(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    );
  }
  return hash.digest('hex');
}
