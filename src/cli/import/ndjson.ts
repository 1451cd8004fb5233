import { HabeasError } from '../../errors.js';
import { parseJsonBody } from '../../http/json-body.js';
import type { ImportLine, LineFault, ReadFile } from './import-line.js';
import { commandOf } from './routes.js';

const MEMBERS: ReadonlySet<string> = new Set(['case', 'post', 'body', 'as']);
const NAMED_EVENT = /^@[\w-]+$/;
const NEWLINE = 0x0a;

/** One command a line: `{"case": label, "post": path, "body": {…}, "as"?: "@name"}`. Empty lines are passed over. */
export function readNdjson(file: Uint8Array): ReadFile {
  const lines: ImportLine[] = [];
  const faults: LineFault[] = [];
  let line = 0;
  for (let from = 0; from < file.length;) {
    const end = file.indexOf(NEWLINE, from);
    const bytes = Buffer.from(file.subarray(from, end < 0 ? file.length : end));
    from = end < 0 ? file.length : end + 1;
    line += 1;
    if (isBlank(bytes)) continue;
    const read = readLine(bytes, line);
    if ('reason' in read) faults.push(read);
    else lines.push(read);
  }
  return { lines, faults };
}

const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);

function readLine(bytes: Buffer, line: number): ImportLine | LineFault {
  const fault = (reason: string): LineFault => ({ line, reason });
  let json: unknown;
  try {
    json = parseJsonBody(bytes);
  } catch (error) {
    if (!(error instanceof HabeasError)) throw error;
    return fault(error.details.errors?.map(({ message }) => message).join('; ') ?? error.message);
  }
  if (!isObject(json)) return fault('is not a JSON object');
  const stranger = Object.keys(json).find((name) => !MEMBERS.has(name));
  if (stranger !== undefined) return fault(`/${stranger}: is not a member of a line`);
  const { case: label, post, body, as } = json;
  if (typeof label !== 'string' || label.trim() === '')
    return fault('/case: must be a label or the id of a case');
  if (typeof post !== 'string') return fault('/post: must be the path of a command');
  if (!isObject(body)) return fault('/body: must be an object');
  if (as !== undefined && !(typeof as === 'string' && NAMED_EVENT.test(as)))
    return fault('/as: must be like @name');
  const found = commandOf(post);
  if (!found) return fault(`/post: ${JSON.stringify(post.slice(0, 100))} is not a command`);
  return { line, label, ...found, body, ...(as !== undefined && { as }) };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
