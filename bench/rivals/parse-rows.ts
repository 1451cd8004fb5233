import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The least that whoever adds up the sheets of all cases has to do. Gives the seconds. */
export const parseSheets = (folder: string): number =>
  parsed(join(folder, 'read.db'), 'SELECT sheet FROM case_sheets ORDER BY position');

/** The least that whoever makes figures of the log anew has to do. Gives the seconds. */
export const parseEvents = (folder: string): number =>
  parsed(join(folder, 'events.db'), 'SELECT payload, metadata FROM events ORDER BY position');

function parsed(file: string, query: string): number {
  const began = performance.now();
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare(query);
  rows.setReturnArrays(true);
  for (const texts of rows.iterate() as unknown as Iterable<string[]>) {
    for (const text of texts) JSON.parse(text);
  }
  db.close();
  return (performance.now() - began) / 1000;
}
