import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyFileStream, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { FastifyRequest } from 'fastify';
import { HabeasError } from '../errors.js';
import { escapeSegment } from './json-faults.js';

const FIELD = 'file';
const MOST_FIELDS = 10;
const MOST_FIELD_BYTES = 64 * 1024;
/** What a form needs besides the file. */
const AROUND_BYTES = 1024 * 1024;

export interface Upload<T> {
  /** The other fields of the form, in the shape of a body. */
  fields: Record<string, string>;
  /** What was made of the file. */
  taken: T;
}

/**
 * Reads a form with one file, in the field `file`, which is handed on as it comes: as slow as it is taken. Throws
 * `malformed-form`, `file-too-large`, and what `take` throws. Who cuts the connection ends the bytes with an error,
 * so that nobody takes what came for the whole.
 */
export async function readUpload<T>(
  request: FastifyRequest,
  mostBytes: number,
  take: (bytes: AsyncIterable<Buffer>) => Promise<T>,
): Promise<Upload<T>> {
  const { raw } = request;
  if (Number(raw.headers['content-length']) > mostBytes + AROUND_BYTES) throw tooLarge(mostBytes);
  const form = formOf(raw, mostBytes);
  const fields = new Map<string, string>();
  const faults: HabeasError[] = [];
  let file: BusboyFileStream | undefined;
  let taking: Promise<T> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const cut = (): void => reject(endsEarly());
      form.on('file', (name, found) => {
        file = found;
        // It may fail after all that was waited for is over.
        file.on('error', () => undefined);
        if (name !== FIELD) faults.push(malformed(`the file is to come in the field ${FIELD}`, `/${FIELD}`));
        taking = take(bytesOf(file, mostBytes));
        taking.catch(reject);
      });
      form.on('field', (name, value, _, isCut) => {
        const at = `/${escapeSegment(name)}`;
        if (isCut) faults.push(malformed('is too long', at));
        if (fields.has(name)) faults.push(malformed('is given twice', at));
        fields.set(name, value);
      });
      for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
        form.on(limit, () => faults.push(malformed('one file is taken, and the fields that describe it')));
      }
      form.on('error', cut);
      form.on('finish', resolve);
      raw.once('close', () => {
        if (!raw.complete) cut();
      });
      // Gone while the case was looked at: nobody tells that again.
      if (raw.destroyed && !raw.complete) cut();
      raw.pipe(form);
    });
    if (faults[0]) throw faults[0];
    if (!taking) throw malformed('there is no file in the form', `/${FIELD}`);
    return { fields: Object.fromEntries(fields), taken: await taking };
  } catch (error) {
    // Nobody waits for bytes that do not come, or writes on where the caller removes what was written.
    file?.destroy(endsEarly());
    await taking?.catch(() => undefined);
    throw error;
  } finally {
    // What still comes is let run out: whoever sends it reads the answer only then.
    raw.unpipe(form);
    raw.resume();
  }
}

function formOf(raw: IncomingMessage, mostBytes: number): BusboyInstance {
  const limits = {
    files: 1,
    fields: MOST_FIELDS,
    parts: MOST_FIELDS + 1,
    fieldSize: MOST_FIELD_BYTES,
    fileSize: mostBytes,
  };
  try {
    return new Busboy({ headers: raw.headers as BusboyHeaders, limits });
  } catch {
    throw malformed('the form names no boundary');
  }
}

async function* bytesOf(file: BusboyFileStream, mostBytes: number): AsyncGenerator<Buffer> {
  for await (const part of file) yield part as Buffer;
  if (file.truncated) throw tooLarge(mostBytes);
}

const tooLarge = (mostBytes: number): HabeasError =>
  new HabeasError('too_large', 'file-too-large', `a file has at most ${mostBytes} bytes here`);

const malformed = (message: string, at = ''): HabeasError =>
  new HabeasError('malformed', 'malformed-form', 'the form is not what this route takes', {
    errors: [{ pointer: `/body${at}`, message }],
  });

const endsEarly = (): HabeasError => malformed('the form ends too early');
