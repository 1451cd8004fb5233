import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { flushFolder } from '../../flush.js';

/**
 * The checkpoint that was signed last, in a file beside the signing key and apart from the data: a log that was put back to an
 * older state is known by it.
 */
export class CheckpointMemory {
  constructor(private readonly file: string) {}

  /** The note; undefined before the first one. */
  read(): string | undefined {
    return existsSync(this.file) ? readFileSync(this.file, 'utf8') : undefined;
  }

  /** On disk when it returns, whole or not at all. */
  write(note: string): void {
    const draft = `${this.file}.draft`;
    const handle = openSync(draft, 'w', 0o600);
    try {
      writeSync(handle, note);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, this.file);
    flushFolder(dirname(this.file));
  }
}
