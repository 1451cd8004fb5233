import { newId } from '../../support/caseworker.js';
import { sendRaw } from '../../support/raw-request.js';
import type { ChildService } from '../../support/installation.js';
import type { Marks } from './marks.js';

/** A request that is refused, whatever it quotes. */
interface Bad {
  method?: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  key?: string;
  status: number;
}

/** What people mistype, and what others try: every way in that holds a mark and must be told no. */
function refused(marks: Marks, caseId: string, detentionId: string): Bad[] {
  const at = `/v1/cases/${caseId}`;
  const [mark, latin] = [() => marks.next(), () => marks.latin()];
  const reused = latin();
  return [
    { path: '/v1/cases', body: { person: { names: [{ form: mark(), nickname: mark() }] } }, status: 400 },
    { path: '/v1/cases', body: { [latin()]: mark() }, status: 400 },
    { path: '/v1/cases', body: `{"person":{"names":[{"form":"${mark()}"}]`, status: 400 },
    { path: '/v1/cases', body: `{"__proto__":{"form":"${mark()}"}}`, status: 400 },
    { path: '/v1/cases', body: `"${mark()}"`, status: 400 },
    { path: '/v1/cases', body: { summary: mark().repeat(20_000) }, status: 413 },
    { path: '/v1/cases', body: mark(), headers: { 'content-type': 'text/plain' }, status: 415 },
    { path: `${at}/arrests`, body: { at: mark(), place: { region: latin() } }, status: 400 },
    { path: `${at}/charges`, body: { provision: { code: 'BY-CoAO-2003', article: latin() } }, status: 422 },
    { path: `${at}/deaths`, body: { detentionId: mark(), causeStatus: mark(), remark: mark() }, status: 400 },
    { path: `${at}/releases`, body: { detentionId, basis: 'early', conditions: mark() }, status: 409 },
    {
      path: `${at}/corrections`,
      body: { eventId: newId(), data: { text: mark() }, reason: mark() },
      status: 409,
    },
    { path: `${at}/notes`, body: { text: mark() }, headers: { 'if-match': `"${latin()}"` }, status: 400 },
    { path: `${at}/notes`, body: { text: mark() }, headers: { 'if-match': '"0"' }, status: 412 },
    {
      path: `${at}/notes`,
      body: { text: mark() },
      headers: { 'x-correlation-id': `a ${latin()}` },
      status: 400,
    },
    { path: `${at}/notes`, body: { text: mark() }, headers: { 'idempotency-key': reused }, status: 201 },
    { path: `${at}/notes`, body: { text: mark() }, headers: { 'idempotency-key': reused }, status: 422 },
    { path: `${at}/${latin()}`, body: {}, status: 404 },
    { path: `/v1/cases/${latin()}/notes`, body: { text: mark() }, status: 400 },
    { path: '/v1/cases/search', body: { name: mark(), status: mark() }, status: 400 },
    { method: 'GET', path: `/v1/cases/${latin()}`, status: 400 },
    { method: 'GET', path: `/v1/cases/${encodeURIComponent(mark())}`, status: 400 },
    { method: 'GET', path: `/v1/cases?status=${latin()}&${latin()}=1`, status: 400 },
    { method: 'GET', path: `/v1/cases?cursor=${latin()}`, status: 400 },
    { method: 'GET', path: `/v1/cases?minPosition=${latin()}`, status: 400 },
    { method: 'GET', path: `/${latin()}?q=${encodeURIComponent(mark())}`, status: 404 },
    { method: 'GET', path: `/v1/cases/%zz${latin()}`, status: 400 },
    { method: 'GET', path: `/v1/cases/${latin().repeat(20)}`, status: 414 },
    { method: 'PUT', path: `${at}?${latin()}`, body: { text: mark() }, status: 405 },
    { method: 'GET', path: '/v1/cases', key: `hb_${latin()}`, status: 401 },
    { method: 'GET', path: '/v1/cases', key: `${latin()}.${latin()}.${latin()}`, status: 401 },
  ];
}

/** Sends them all; gives those that were answered otherwise, by their place. */
export async function askBadly(
  service: ChildService,
  marks: Marks,
  { caseId, detentionId, key }: { caseId: string; detentionId: string; key: string },
): Promise<string[]> {
  const surprises: string[] = [];
  for (const [place, bad] of refused(marks, caseId, detentionId).entries()) {
    const { method = 'POST', path, body, status } = bad;
    const headers = { cookie: `name=${marks.latin()}`, 'user-agent': marks.latin(), ...bad.headers };
    const reply = await service.request(method, path, { body, headers, key: bad.key ?? key });
    if (reply.status !== status)
      surprises.push(`${place}: ${reply.status} instead of ${status}: ${reply.text}`);
  }
  const raw = `${marks.latin()} /${marks.latin()} HTTP/1.1\r\nhost: ${marks.latin()}\r\n\r\n`;
  for (const text of [raw, `GET / HTTP/1.1\r\nhost: a\r\nx: ${marks.latin().repeat(2_000)}\r\n\r\n`]) {
    if (!(await sendRaw(service.url, text)).startsWith('HTTP/1.1 4'))
      surprises.push(`raw: ${text.slice(0, 40)}`);
  }
  return surprises;
}
