import type { Kysely } from 'kysely';
import type { Clock } from '../../clock.js';
import type { LogTables } from '../log/log-tables.js';
import { LogWriter } from '../log/log-writer.js';
import { verifierLine } from '../note/note-keys.js';
import { emptyLog, signAndRemember, type Remembering } from './remembering.js';

export interface ForkParts extends Remembering {
  database: Kysely<LogTables>;
  clock: Clock;
}

/**
 * Begins a log beside the one there is, empty and signed, and gives its name. From then on nothing is held to what was signed
 * before: only for somebody who knows why. The notary must not be at work.
 */
export async function forkLog({ database, clock, ...signing }: ForkParts, reason: string): Promise<string> {
  const { key } = signing.signer;
  const begunAt = clock.now().toISOString();
  const origin = `${key.name}/${begunAt}`;
  const writer = await LogWriter.begin(database, { origin, verifier: verifierLine(key), begunAt, reason });
  // Cut off before this, the notary still refuses, and the same command begins another.
  const note = signAndRemember(signing, emptyLog(origin));
  await writer.keep({ size: 0, note, signedAt: begunAt });
  return origin;
}
