import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Law } from '../../cases/domain/law/law.js';
import { CommandFailure } from '../failure.js';
import { readCsv } from './csv.js';
import { columnName } from './csv-columns.js';
import type { ImportLine, LineFault, ReadFile } from './import-line.js';
import { readNdjson } from './ndjson.js';
import { FileIds } from './references.js';
import { Rehearsal, type NamePlace } from './rehearsal.js';

/** A file as far as it can be judged without the service. */
export interface CheckedFile {
  ids: FileIds;
  lines: ImportLine[];
  /** In the order of the lines; nothing may be sent unless there are none. */
  faults: LineFault[];
}

interface Format {
  read(file: Uint8Array): ReadFile;
  placeName: NamePlace;
}

const NDJSON: Format = { read: readNdjson, placeName: (pointer) => pointer };
const CSV: Format = { read: readCsv, placeName: columnName };
const FORMATS: Readonly<Record<string, Format>> = {
  '.ndjson': NDJSON,
  '.jsonl': NDJSON,
  '.csv': CSV,
  '.tsv': CSV,
};

/** Reads a whole file and holds every line to the rules. Throws if it is no file of a kind that can be imported. */
export async function checkedFile(path: string, law: Law, now: Date): Promise<CheckedFile> {
  const format = FORMATS[extname(path).toLowerCase()];
  if (!format) throw new CommandFailure(`${path}: the name must end in ${Object.keys(FORMATS).join(', ')}`);
  const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(`${path} cannot be read (${error.code})`);
  });
  const ids = new FileIds(file);
  const { lines, faults } = format.read(file);
  const rehearsal = new Rehearsal(ids, law, now.toISOString(), format.placeName);
  const found = [...faults, ...rehearsal.faultsIn(lines)];
  return { ids, lines, faults: found.sort((a, b) => a.line - b.line) };
}
