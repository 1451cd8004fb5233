import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { startService, type Service } from '../support/service.js';

jest.setTimeout(30_000);

interface Entry {
  position: string;
  eventId: string;
  caseId: string;
  revision: number;
  type: string;
  recordedAt: string;
  recordedBy: string;
  data: Record<string, unknown>;
}

interface Answer {
  caseId: string;
  position: string;
  events: { eventId: string; type: string }[];
}

const CANARY = 'canary-7f3a';
const OPENING = {
  person: { names: [{ form: `Dzmitry ${CANARY}` }], roles: ['blogger'], born: '1984' },
  summary: CANARY,
  remark: CANARY,
  sources: [{ citation: CANARY, url: `https://example.org/${CANARY}`, kind: 'press', confidential: true }],
};
const DETENTION = 'a0000000-0000-4000-8000-000000000001';
const ARREST = {
  at: '2019-12-25',
  detentionId: DETENTION,
  facility: CANARY,
  authority: CANARY,
  place: { region: 'BY-HM', detail: CANARY },
};

/** Reads an event stream as it comes. */
async function follow(service: Service, headers: Record<string, string>, query = '') {
  const leave = new AbortController();
  const response = await fetch(`${service.url}/v1/events${query}`, {
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${await service.keyFor('reporter')}`,
      ...headers,
    },
    signal: leave.signal,
  });
  const stream = { response, text: '', ended: false, leave: () => leave.abort() };
  void (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) stream.text += decoder.decode(chunk, { stream: true });
    } catch {
      // Left by this side.
    }
    stream.ended = true;
  })();
  return stream;
}

const idsIn = (text: string): string[] => [...text.matchAll(/^id: (.*)$/gm)].map(([, id = '']) => id);

describe('the change feed', () => {
  let service: Service;
  let opened: Answer;
  let arrested: Answer;
  let corrected: Answer;

  const record = async (path: string, body: unknown): Promise<Answer> => {
    const reply = await service.request<Answer>('POST', path, {
      body,
      key: await service.keyFor('caseworker'),
    });
    expect([reply.status, reply.status === 201 ? undefined : reply.text]).toEqual([201, undefined]);
    return reply.body;
  };
  const read = async (query: string): Promise<Entry[]> => {
    const reply = await service.request('GET', `/v1/events${query}`, {
      key: await service.keyFor('auditor'),
    });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/x-ndjson');
    return reply.text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Entry);
  };

  beforeAll(async () => {
    service = await startService();
    opened = await record('/v1/cases', OPENING);
    arrested = await record(`/v1/cases/${opened.caseId}/arrests`, ARREST);
    corrected = await record(`/v1/cases/${opened.caseId}/corrections`, {
      eventId: arrested.events[0]?.eventId,
      data: { ...ARREST, at: '2019-12-26' },
      reason: CANARY,
    });
  });
  afterAll(() => service.close());

  it('tells what was recorded, a line each, with codes and dates and nothing personal', async () => {
    const entries = await read('');
    expect(entries.map(({ type, position }) => [type, position])).toEqual([
      ['CaseOpened', opened.position],
      ['Arrested', arrested.position],
      ['EventCorrected', corrected.position],
    ]);
    expect(entries[1]).toMatchObject({
      eventId: arrested.events[0]?.eventId,
      caseId: opened.caseId,
      revision: 1,
      data: { at: '2019-12-25', detentionId: DETENTION, place: { region: 'BY-HM' } },
    });
    expect(entries[2]?.data).toMatchObject({ data: { at: '2019-12-26', detentionId: DETENTION } });
    expect(JSON.stringify(entries)).not.toContain(CANARY);
    expect(JSON.stringify(entries)).not.toContain('1984');
  });

  it('goes on after a position, and can be asked for some types and some entries', async () => {
    expect((await read(`?after=${opened.position}`)).map(({ type }) => type)).toEqual([
      'Arrested',
      'EventCorrected',
    ]);
    expect(await read(`?after=${corrected.position}`)).toEqual([]);
    expect((await read('?types=Arrested,CaseOpened&limit=1')).map(({ type }) => type)).toEqual([
      'CaseOpened',
    ]);
    expect((await read('?types=Arrested&types=CaseOpened')).map(({ type }) => type)).toEqual([
      'CaseOpened',
      'Arrested',
    ]);
  });

  it.each([
    ['after=yesterday', '/query/after'],
    ['after=', '/query/after'],
    ['after=1&after=2', '/query/after'],
    ['types=Pardoned', '/query/types'],
    ['types=', '/query/types'],
    ['types=constructor', '/query/types'],
    ['limit=0', '/query/limit'],
    ['limit=all', '/query/limit'],
    ['limit=10001', '/query/limit'],
    ['since=1', '/query/since'],
  ])('refuses ?%s', async (query, pointer) => {
    const reply = await service.request<{ errors: { pointer: string }[] }>('GET', `/v1/events?${query}`, {
      key: await service.keyFor('auditor'),
    });
    expect(reply.status).toBe(400);
    expect(reply.body.errors.map((error) => error.pointer)).toContain(pointer);
  });

  it('refuses an event stream that resumes after what is no position', async () => {
    const stream = await follow(service, { 'last-event-id': 'yesterday' });
    expect(stream.response.status).toBe(400);
    await eventually(() => stream.ended);
    expect(stream.text).toContain('/headers/last-event-id');
  });

  it('is not for caseworkers and admins, nor for nobody', async () => {
    expect(
      (await service.request('GET', '/v1/events', { key: await service.keyFor('caseworker') })).status,
    ).toBe(403);
    expect((await service.request('GET', '/v1/events')).status).toBe(403);
    expect((await service.request('GET', '/v1/events', { key: null })).status).toBe(401);
  });

  it('answers a HEAD without a feed behind it', async () => {
    const key = await service.keyFor('reporter');
    for (const accept of ['text/event-stream', '*/*']) {
      const reply = await service.request('HEAD', '/v1/events', { key, headers: { accept } });
      expect([reply.status, reply.text]).toEqual([200, '']);
    }
  });

  it('kept open, tells what comes, and resumes where it was left', async () => {
    const first = await follow(service, {});
    expect(first.response.headers.get('content-type')).toBe('text/event-stream');
    await eventually(() => idsIn(first.text).length === 3);
    const noted = await record(`/v1/cases/${opened.caseId}/notes`, { text: CANARY });
    await eventually(() => idsIn(first.text).length === 4);
    first.leave();
    await eventually(() => first.ended);

    const missed = await record(`/v1/cases/${opened.caseId}/notes`, { text: CANARY });
    const second = await follow(
      service,
      { 'last-event-id': noted.position },
      '?types=NoteAdded&after=ignored',
    );
    await eventually(() => idsIn(second.text).length === 1);
    expect(idsIn(second.text)).toEqual([missed.position]);
    expect(first.text + second.text).not.toContain(CANARY);
    second.leave();
    await eventually(() => second.ended);
  });

  it('kept open, ends when its key is revoked', async () => {
    const key = await service.keyFor('reporter');
    const { body } = await service.request<{ principalId: string }>('POST', '/v1/principals', {
      body: { label: 'a passing job', roles: ['reporter'] },
    });
    const made = await service.request<{ keyId: string; key: string }>('POST', '/v1/keys', {
      body: { principalId: body.principalId },
    });
    expect(made.body.key).not.toBe(key);
    const stream = await follow(service, { authorization: `Bearer ${made.body.key}` }, '?types=RoleRecorded');
    await eventually(() => stream.text.startsWith('retry:'));
    await service.request('DELETE', `/v1/keys/${made.body.keyId}`);
    await record(`/v1/cases/${opened.caseId}/roles`, { role: 'activist' });
    await eventually(() => stream.ended);
    expect(idsIn(stream.text)).toEqual([]);
  });

  it('kept open, does not hold up the end of the service', async () => {
    const passing = await startService();
    const stream = await follow(passing, {});
    await eventually(() => stream.text.startsWith('retry:'));
    await passing.close();
    await eventually(() => stream.ended);
  });
});
