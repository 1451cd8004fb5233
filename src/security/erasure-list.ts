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
}

/** A line that is no erasure: nothing may be restored by a list that cannot be read whole. */
export class ErasureListFault extends Error {
  override readonly name = 'ErasureListFault';
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

  /** Throws `ErasureListFault`; a list that is not there is empty. */
  read(): Erasure[] {
    if (!this.exists()) return [];
    return linesOf(readFileSync(this.file, 'utf8')).flatMap((line, index) => {
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
      const { caseId, keyIds, erasedAt, requestedBy, approvedBy, eventId } = erasure;
      writeSync(
        handle,
        `${JSON.stringify({ caseId, keyIds, erasedAt, requestedBy, approvedBy, eventId })}\n`,
      );
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (isNew) flushFolder(dirname(this.file));
  }

  #mend(handle: number): void {
    const text = readFileSync(this.file, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const rest = text.slice(whole.length);
    if (rest === '') return;
    if (erasureIn(rest)) writeSync(handle, '\n');
    else ftruncateSync(handle, Buffer.byteLength(whole));
  }
}

function covers(known: Erasure, erasure: Erasure): boolean {
  if (known.eventId === erasure.eventId) return true;
  return known.caseId === erasure.caseId && erasure.keyIds.every((keyId) => known.keyIds.includes(keyId));
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

function erasureIn(line: string): Erasure | undefined {
  try {
    const read = JSON.parse(line) as Partial<Erasure> | null;
    const texts = [read?.caseId, read?.erasedAt, read?.requestedBy, read?.approvedBy, read?.eventId];
    const whole =
      texts.every((text) => typeof text === 'string' && text !== '') &&
      Array.isArray(read?.keyIds) &&
      read.keyIds.every((keyId) => typeof keyId === 'string' && keyId !== '');
    return whole ? (read as Erasure) : undefined;
  } catch {
    return undefined;
  }
}
