import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { memoryFileOf } from '../../../src/transparency/notary/notary-key.js';
import { readCheckpoint, type Checkpoint } from '../../../src/transparency/note/checkpoint.js';
import type { NoteKey } from '../../../src/transparency/note/note-keys.js';
import { openNote } from '../../../src/transparency/note/signed-note.js';
import { TileEdge } from '../../../src/transparency/tiles/tile-edge.js';

/** Every note that a notary has signed in a folder, and where it stood. */
export class SignedNotes {
  constructor(
    private readonly folder: string,
    private readonly key: NoteKey,
  ) {}

  /** All there ever were: those that were about to be remembered, the one that is, and those that anybody may see. */
  all(): Checkpoint[] {
    const written = join(this.folder, 'signed');
    const lines = existsSync(written) ? readFileSync(written, 'utf8').split('\n') : [];
    // The last line may be cut short: of a note that was never remembered.
    const whole = lines.slice(0, -1).map((line) => JSON.parse(line) as string);
    return [...new Set([...whole, ...this.#remembered(), ...this.#shown()])].map((note) =>
      checkpointIn(note, this.key),
    );
  }

  /** Undefined unless something may be seen that the notary would not know of after a restart. */
  forgotten(): Checkpoint | undefined {
    const [remembered] = this.#remembered().map((note) => checkpointIn(note, this.key));
    return this.#shown()
      .map((note) => checkpointIn(note, this.key))
      .find(({ size }) => !remembered || size > remembered.size);
  }

  #remembered(): string[] {
    const file = memoryFileOf(join(this.folder, 'notary.key'));
    return existsSync(file) ? [readFileSync(file, 'utf8')] : [];
  }

  #shown(): string[] {
    const database = new DatabaseSync(join(this.folder, 'notary.db'));
    try {
      return database
        .prepare('select note from tlogCheckpoint')
        .all()
        .map(({ note }) => String(note));
    } finally {
      database.close();
    }
  }
}

export function checkpointIn(note: string, key: NoteKey): Checkpoint {
  const opened = openNote(note, [key]);
  const checkpoint = opened.kind === 'signed' ? readCheckpoint(opened.text) : undefined;
  if (!checkpoint) throw new Error(`this is no checkpoint of ours: ${note}`);
  return checkpoint;
}

/** Those that are not of the beginning of one log with these leaves: two that are of it never contradict each other. */
export function contradicting(notes: readonly Checkpoint[], leaves: readonly Buffer[]): Checkpoint[] {
  const edge = new TileEdge();
  const heads = [edge.head(), ...leaves.map((leaf) => (edge.append(leaf), edge.head()))];
  const [first] = notes;
  return notes.filter(({ origin, size, head }) => origin !== first?.origin || !heads[size]?.equals(head));
}
