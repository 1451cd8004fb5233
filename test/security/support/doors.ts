import { randomUUID } from 'node:crypto';
import { RouteTable } from '../../../src/http/route-table.js';
import type { ProblemBody } from '../../support/problem.js';
import type { CaseRequest } from '../../support/case-requests.js';
import type { Reply, Service } from '../../support/service.js';
import type { Caller } from './callers.js';

/** A row of the table. */
export interface Door {
  method: string;
  /** As registered: `/v1/keys/:keyId`. */
  path: string;
}

/** What keeps somebody out, or cannot tell; whatever else is answered comes from behind the door. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 429, 500, 503]);
const ADMITTED = 'in';
/** How the table writes the codes it is full of; any other stands there as it is. */
const WORDS: Readonly<Record<string, string>> = {
  'credential-missing': 'missing',
  'credential-invalid': 'invalid',
  'role-missing': 'role',
  'issuer-unreachable': 'issuer',
};
export const LEGEND = Object.entries(WORDS)
  .map(([code, word]) => `\`${word}\`: ${code}`)
  .join(', ');

/** Every route of the service, whoever registered it. */
export const doorsOf = ({ app }: Pick<Service, 'app'>): Door[] =>
  app
    .get(RouteTable)
    .routes.map(({ method, path }) => ({ method, path }))
    .toSorted((a, b) => (a.path + a.method < b.path + b.method ? -1 : 1));

export type Asked = Pick<CaseRequest, 'method' | 'path' | 'body'>;

export const askedBy = (
  { headers }: Caller,
  service: Service,
  { method, path, body }: Asked,
): Promise<Reply<ProblemBody | undefined>> =>
  service.request(method, path, { key: null, headers: { ...headers }, ...(body !== undefined && { body }) });

/** How a restricted case answers: a 404 is what is to be seen here, so it stands there as well. */
export const saidOfCase = (method: string, reply: Reply<ProblemBody | undefined>): string =>
  reply.status === 404 ? '404' : said(method, reply);

export const knockAtCase = async (service: Service, asked: Asked, caller: Caller): Promise<string> =>
  saidOfCase(asked.method, await askedBy(caller, service, asked));

/** `in`, or the refusal: status and code (an answer to `HEAD` has no code). Nothing is asked for that is there, and nothing is written. */
export async function knock(service: Service, { method, path }: Door, { headers }: Caller): Promise<string> {
  const url = path.replaceAll(/:\w+/g, () => randomUUID());
  const { status, body } = await service.request<ProblemBody | undefined>(method, url, {
    key: null,
    headers: { accept: 'application/json', ...headers },
    ...(method === 'POST' && { body: { no: 'such member' } }),
  });
  return said(method, { status, body });
}

function said(
  method: string,
  { status, body }: Pick<Reply<ProblemBody | undefined>, 'status' | 'body'>,
): string {
  if (!REFUSALS.has(status)) return ADMITTED;
  const code = body?.code ?? '';
  return method === 'HEAD' ? String(status) : `${status} ${WORDS[code] ?? code}`;
}

/** The table as Markdown, a row for each route and a column for each caller. */
export function tableOf(
  doors: readonly Door[],
  callers: readonly Caller[],
  outcomes: readonly string[][],
): string {
  const rows = [
    ['route', ...callers.map(({ name }) => name)],
    ...doors.map(({ method, path }, i) => [`${method} ${path}`, ...outcomes[i]!]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
