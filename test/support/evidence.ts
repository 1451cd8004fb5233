import { expect } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request, type ClientRequest } from 'node:http';
import { join } from 'node:path';
import type { Caseworker, Recorded } from './caseworker.js';
import { eventually } from './eventually.js';
import type { Reply, Service } from './service.js';

type Reachable = Pick<Service, 'url'>;

export interface SentFile {
  bytes: Buffer;
  fields?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** Instead of `file`. */
  field?: string;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Says to whoever looks that it is a picture. */
export const PICTURE = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.alloc(200, 'pixels'),
]);

export function formOf({ bytes, fields = {}, field = 'file' }: SentFile): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append(field, new Blob([new Uint8Array(bytes)]), 'IMG_0001.HEIC');
  return form;
}

/** Attaches a file as a caseworker's program would. */
export async function attach<T = Recorded>(
  { url }: Reachable,
  key: string,
  caseId: string,
  file: SentFile | { form: FormData; headers?: Readonly<Record<string, string>> },
): Promise<Reply<T>> {
  const response = await fetch(`${url}/v1/cases/${caseId}/evidence`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...file.headers },
    body: 'form' in file ? file.form : formOf(file),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(text) as T,
    text,
  };
}

/** Sends a file but for its end. Whatever comes of the connection is no error. */
export async function beginAttaching(
  { url }: Reachable,
  key: string,
  caseId: string,
  file: SentFile,
): Promise<ClientRequest> {
  const form = new Response(formOf(file));
  const bytes = Buffer.from(await form.arrayBuffer());
  const sending = request(`${url}/v1/cases/${caseId}/evidence`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': form.headers.get('content-type')!,
      'content-length': bytes.length,
      ...file.headers,
    },
  });
  sending.on('error', () => undefined);
  sending.write(bytes.subarray(0, (bytes.length * 2) / 3));
  return sending;
}

/** Every file below a folder, drafts among them. */
export async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

/** Every file that a service keeps of cases. */
export const evidenceOf = ({ folder }: Pick<Service, 'folder'>): Promise<string[]> =>
  filesBelow(join(folder, 'data', 'evidence'));

/** Sees to it that a refusal leaves nothing behind: no event and no file. */
export async function leavesNothing(
  service: Pick<Service, 'folder'>,
  caseworker: Caseworker,
  caseId: string,
  send: () => Promise<{ status: number }>,
): Promise<{ status: number }> {
  const before = { events: (await caseworker.history(caseId)).length, files: await evidenceOf(service) };
  const reply = await send();
  expect((await caseworker.history(caseId)).length).toBe(before.events);
  await eventually(async () => expect(await evidenceOf(service)).toEqual(before.files));
  return reply;
}
