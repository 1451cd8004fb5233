import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { flushFolder } from '../flush.js';

/** One person's data that were destroyed. Nothing here tells who it was. */
export interface Erasure {
  caseId: string;
  /** Of the key store. */
  keyIds: readonly string[];
  /** RFC 3339. */
  erasedAt: string;
  /** Ids of principals. */
  requestedBy: string;
  approvedBy: string;
  /** Of the event that stands for it in the case. */
  eventId: string;
  /** The cases that were merged into it by then, and went with it. */
  mergedFrom?: readonly string[];
}

/** A line that is no erasure, or a file that is not read: nothing may be restored by a list that cannot be read whole. */
export class ErasureListFault extends Error {
  override readonly name = 'ErasureListFault';
  readonly code = 'erasure-list-damaged';
}

/**
 * What was erased, one JSON object a line, kept apart from the data and their backups: a backup that is older than an erasure
 * would bring it back, were it not for this list. It only ever grows.
 */
export class ErasureList {
  constructor(readonly file: string) {}

  exists(): boolean {
    return existsSync(this.file);
  }

  /** Throws `ErasureListFault`, which quotes no line; a list that is not there is empty. */
  read(): Erasure[] {
    return this.#erasuresIn(this.#text());
  }

  /**
   * The same without a last line that a crash has cut short: of that erasure no key is destroyed yet, and it is put on the list
   * again. Of a list that was copied from elsewhere nobody knows that: it is to be `read`.
   */
  readOwn(): Erasure[] {
    const text = this.#text();
    const [whole, rest] = partsOf(text);
    return this.#erasuresIn(erasureIn(rest) ? text : whole);
  }

  #text(): string {
    try {
      return readFileSync(this.file, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return '';
      throw new ErasureListFault(`${this.file} cannot be read (${code ?? 'unknown'})`, { cause: error });
    }
  }

  #erasuresIn(text: string): Erasure[] {
    return linesOf(text).flatMap((line, index) => {
      if (line.trim() === '') return [];
      const erasure = erasureIn(line);
      if (!erasure) throw new ErasureListFault(`${this.file}: line ${index + 1} is no erasure`);
      return [erasure];
    });
  }

  /** On disk when it returns. One that is there already is not added again; a line that an earlier run left half is taken away. */
  add(erasure: Erasure): void {
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    const isNew = !this.exists();
    const handle = openSync(this.file, 'a+', 0o600);
    try {
      this.#mend(handle);
      if (this.read().some((known) => covers(known, erasure))) return;
      const { caseId, keyIds, erasedAt, requestedBy, approvedBy, eventId, mergedFrom = [] } = erasure;
      const own = { caseId, keyIds, erasedAt, requestedBy, approvedBy, eventId };
      writeSync(handle, `${JSON.stringify(mergedFrom.length > 0 ? { ...own, mergedFrom } : own)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (isNew) flushFolder(dirname(this.file));
  }

  #mend(handle: number): void {
    const [whole, rest] = partsOf(readFileSync(this.file, 'utf8'));
    if (rest === '') return;
    if (erasureIn(rest)) writeSync(handle, '\n');
    else ftruncateSync(handle, Buffer.byteLength(whole));
  }
}

function covers(known: Erasure, erasure: Erasure): boolean {
  if (known.eventId === erasure.eventId) return true;
  return known.caseId === erasure.caseId && erasure.keyIds.every((keyId) => known.keyIds.includes(keyId));
}

/** Up to the end of the last line that has one, and what comes after. */
function partsOf(text: string): [whole: string, rest: string] {
  const end = text.lastIndexOf('\n') + 1;
  return [text.slice(0, end), text.slice(end)];
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

function erasureIn(line: string): Erasure | undefined {
  try {
    const read = JSON.parse(line) as Partial<Erasure> | null;
    const texts = [read?.caseId, read?.erasedAt, read?.requestedBy, read?.approvedBy, read?.eventId];
    const whole = areIds(texts) && areIds(read?.keyIds) && areIds(read?.mergedFrom ?? []);
    return whole ? (read as Erasure) : undefined;
  } catch {
    return undefined;
  }
}

const areIds = (texts: unknown): boolean =>
  Array.isArray(texts) && texts.every((text) => typeof text === 'string' && text !== '');
