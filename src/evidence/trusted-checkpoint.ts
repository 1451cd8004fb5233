import { readCheckpoint, type Checkpoint } from '../transparency/note/checkpoint.js';
import type { NoteKey } from '../transparency/note/note-keys.js';
import { openNote } from '../transparency/note/signed-note.js';
import { Unproven } from './verdict.js';

/** What a signed note says; with a key only if that has signed it. `whose`: the note's owner, for the words. Throws `Unproven`. */
export function checkpointIn(note: string, key: NoteKey | undefined, whose: string): Checkpoint {
  const opened = openNote(note, []);
  const checkpoint = opened.kind === 'unknown-signer' ? readCheckpoint(opened.text) : undefined;
  if (!checkpoint) throw new Unproven('signature', `${whose} is not written as checkpoints are`);
  if (key && openNote(note, [key]).kind !== 'signed') {
    throw new Unproven('signature', `${whose} is not signed with the key that you have given`);
  }
  return checkpoint;
}
