import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Puts the names in a folder on disk: a file that was made, renamed or removed there has survived a power cut only after this. */
export function flushFolder(folder: string): void {
  // There a folder cannot be opened, and names are on disk when they are made.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
