import { EMPTY_TREE } from '../merkle/hashing.js';
import { checkpointText, readCheckpoint, type Checkpoint } from '../note/checkpoint.js';
import { openNote, signNote } from '../note/signed-note.js';
import type { CheckpointMemory } from './checkpoint-memory.js';
import { LogRefused } from './log-refused.js';
import type { Signer } from './notary-key.js';

export interface Remembering {
  signer: Signer;
  memory: CheckpointMemory;
}

export type Remembered = Checkpoint & { note: string };

/** Undefined before the first. Throws `LogRefused` for one that was not signed with this key. */
export function rememberedBy({ signer: { key }, memory }: Remembering): Remembered | undefined {
  const note = memory.read();
  if (note === undefined) return undefined;
  const opened = openNote(note, [key]);
  const checkpoint = opened.kind === 'signed' ? readCheckpoint(opened.text) : undefined;
  if (!checkpoint) throw new LogRefused('what was signed last was not signed with this key');
  return { ...checkpoint, note };
}

/** Signs it. When this returns it is remembered, and nobody has seen it yet. */
export function signAndRemember({ signer, memory }: Remembering, checkpoint: Checkpoint): string {
  const note = signNote(checkpointText(checkpoint), signer.key, signer.privateKey);
  // First here: what anybody has seen must be remembered.
  memory.write(note);
  return note;
}

export const emptyLog = (origin: string): Checkpoint => ({ origin, size: 0, head: EMPTY_TREE });
