import { readCheckpoint, type Checkpoint } from '../transparency/note/checkpoint.js';
import { noteKey, type NoteKey } from '../transparency/note/note-keys.js';
import { openNote } from '../transparency/note/signed-note.js';
import { Unproven } from './verdict.js';

/**
 * What a signed note says; with a key only if that has signed it, under the name of the log: a log that was begun anew has another
 * name and the same key. `whose`: the note's owner, for the words. Throws `Unproven`.
 */
export function checkpointIn(note: string, key: NoteKey | undefined, whose: string): Checkpoint {
  const opened = openNote(note, []);
  const checkpoint = opened.kind === 'unknown-signer' ? readCheckpoint(opened.text) : undefined;
  if (!checkpoint) throw new Unproven('signature', `${whose} is not written as checkpoints are`);
  if (key && !isSignedBy(note, checkpoint.origin, key)) {
    throw new Unproven('signature', `${whose} is not signed with the key that you have given`);
  }
  return checkpoint;
}

function isSignedBy(note: string, origin: string, { publicKey }: NoteKey): boolean {
  try {
    return openNote(note, [noteKey(origin, publicKey)]).kind === 'signed';
  } catch {
    // No name for a key, and so none for a log.
    return false;
  }
}
