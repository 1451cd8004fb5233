import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { CommandAnswer } from '../../cases/commands/case-command.js';
import { ApiProblem, type Api, type ApiAnswer } from '../api.js';
import { readNdjson } from './ndjson.js';
import { FileIds } from './references.js';
import { Sending } from './sending.js';

interface Call {
  path: string;
  body: Record<string, unknown>;
  key: string;
}

/** A service that remembers what it was sent, and fails where it is told to. */
function aService(fails: (call: Call) => Error | undefined = () => undefined) {
  const calls: Call[] = [];
  const known = new Set<string>();
  const command = async (path: string, body: unknown, key: string): Promise<ApiAnswer<CommandAnswer>> => {
    const call = { path, body: body as Record<string, unknown>, key };
    calls.push(call);
    const failure = fails(call);
    if (failure) throw failure;
    const headers = new Headers(known.has(key) ? { 'idempotency-replayed': 'true' } : {});
    known.add(key);
    const events = [
      { eventId: `decision of ${key}`, type: 'DecisionRendered' },
      { eventId: `sentence of ${key}`, type: 'Sentenced' },
    ];
    return { headers, body: { events, position: String(calls.length) } as CommandAnswer };
  };
  return { calls, api: { command: command as Api['command'] } };
}

const FILE = [
  { case: 'K1', post: '/v1/cases', body: { person: {} } },
  { case: 'K2', post: '/v1/cases', body: { person: {} } },
  { case: 'K1', post: '/v1/cases/:case/sentences', body: { penaltyId: '$s1', remark: '$s1' }, as: '@wrong' },
  { case: 'K1', post: '/v1/cases/:case/voids', body: { eventId: '@wrong' } },
  { case: 'K2', post: '/v1/cases/:case/penalties/$s1/annulments', body: { by: 'appeal' } },
];
const BYTES = Buffer.from(FILE.map((line) => JSON.stringify(line)).join('\n'));
const ids = new FileIds(BYTES);
const send = (api: Pick<Api, 'command'>, onLine = () => undefined as void) =>
  new Sending(api, ids, onLine).send(readNdjson(BYTES).lines);

describe('sending the lines of a file', () => {
  it('sends those of one case in order, with the ids that the file gives them', async () => {
    const { api, calls } = aService();
    expect(await send(api)).toEqual({ recorded: 5, repeated: 0, refused: [], position: '5' });

    const caseId = ids.caseId('K1');
    const ofK1 = calls.filter(({ path, body }) => path.includes(caseId) || body['caseId'] === caseId);
    expect(ofK1.map(({ path }) => path)).toEqual([
      '/v1/cases',
      `/v1/cases/${caseId}/sentences`,
      `/v1/cases/${caseId}/voids`,
    ]);
    expect(ofK1[1]?.body).toEqual({ penaltyId: ids.made('id', 'K1', '$s1'), remark: '$s1' });
    expect(ofK1[2]?.body).toEqual({ eventId: `sentence of ${ids.idempotencyKey(3)}` });
    expect(calls.find(({ path }) => path.includes('annulments'))?.path).toBe(
      `/v1/cases/${ids.caseId('K2')}/penalties/${ids.made('id', 'K2', '$s1')}/annulments`,
    );
  });

  it('sends the same file with the same keys and ids, and another with others', async () => {
    const { api, calls } = aService();
    await send(api);
    expect(await send(api)).toMatchObject({ recorded: 0, repeated: 5, refused: [] });
    const all = calls.map((call) => JSON.stringify(call)).sort();
    expect(all.filter((_, place) => place % 2 === 0)).toEqual(all.filter((_, place) => place % 2 === 1));
    expect(new FileIds(Buffer.from('another')).idempotencyKey(1)).not.toBe(ids.idempotencyKey(1));
    expect(new FileIds(Buffer.from('another')).caseId('K1')).not.toBe(ids.caseId('K1'));
  });

  it('stops with a case that refuses a line, and goes on with the others', async () => {
    const { api } = aService(({ path }) =>
      path.includes('/sentences') ? new ApiProblem(409, 'case-closed', 'the case is closed', []) : undefined,
    );
    let seen = 0;
    expect(await send(api, () => void (seen += 1))).toMatchObject({
      recorded: 3,
      repeated: 0,
      refused: [
        { line: 3, reason: 'the case is closed (case-closed)' },
        { line: 4, reason: 'not sent, because line 3 of this case was refused' },
      ],
    });
    expect(seen).toBe(5);
  });

  it.each([
    ['the connection breaks', new TypeError('fetch failed')],
    ['the disk is full', new ApiProblem(507, 'storage-full', 'no room left', [])],
    ['the key is taken back', new ApiProblem(401, 'credential-invalid', 'revoked', [])],
  ])('gives up, with the line, when %s, and completes when it is started again', async (_, failure) => {
    let broken = true;
    const { api } = aService(({ path }) => (broken && path.includes('/voids') ? failure : undefined));
    await expect(send(api)).rejects.toThrow(
      /^interrupted at line 4: .*\nThe same command again completes the import\.$/,
    );
    broken = false;
    const { recorded, repeated } = await send(api);
    expect(recorded + repeated).toBe(5);
    expect(recorded).toBeGreaterThanOrEqual(1);
  });
});
