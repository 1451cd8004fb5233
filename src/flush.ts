import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Puts on disk what was written to a file by whatever way. */
export function flushFile(file: string): void {
  flush(file, 'r+');
}

/** Puts the names in a folder on disk: a file that was made, renamed or removed there has survived a power cut only after this. */
export function flushFolder(folder: string): void {
  // There a folder cannot be opened, and names are on disk when they are made.
  if (process.platform !== 'win32') flush(folder, 'r');
}

function flush(path: string, flags: string): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
