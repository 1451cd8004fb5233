import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { KeptEvidence } from '../../src/cases/evidence/kept-evidence.js';
import { OutcomeUnknown } from '../../src/event-store/errors.js';
import { EventStore } from '../../src/event-store/event-store.js';
import { FileStore } from '../../src/files/file-store.js';
import { Auditor } from '../support/access-log.js';
import { Caseworker, newId, type Refused } from '../support/caseworker.js';
import { attach, evidenceOf, leavesNothing, PICTURE, sha256 } from '../support/evidence.js';
import { eventually } from '../support/eventually.js';
import { registered } from '../support/principals.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';

const LARGE = randomBytes(1_500_000);

let service: Service;
let caseworker: Caseworker;
let auditor: Auditor;
beforeAll(async () => {
  service = await startService({ env: { HABEAS_MAX_EVIDENCE_MB: '2' } });
  caseworker = await Caseworker.of(service);
  auditor = await Auditor.of(service);
});
afterAll(() => service.close());

const files = (): Promise<string[]> => evidenceOf(service);

async function attached(caseId: string, bytes: Buffer, fields = {}): Promise<string> {
  const { status, body, text } = await attach(service, caseworker.key, caseId, { bytes, fields });
  if (status !== 201) throw new Error(text);
  return body.ids['evidenceId']!;
}

async function download(caseId: string, evidenceId: string, headers = {}): Promise<Response> {
  return fetch(`${service.url}/v1/cases/${caseId}/evidence/${evidenceId}`, {
    headers: { authorization: `Bearer ${caseworker.key}`, ...headers },
  });
}

const flipped = (bytes: Buffer, at: number): Buffer => bytes.fill(bytes[at]! ^ 1, at, at + 1);

const refused = (caseId: string, send: () => Promise<{ status: number }>): Promise<{ status: number }> =>
  leavesNothing(service, caseworker, caseId, send);

describe('a file that is attached to a case', () => {
  it('is an event with its hash, its size and what its bytes say it is', async () => {
    const caseId = await caseworker.open();
    const fields = { capturedAt: '2020-02-24', description: 'his mother with the picture' };
    const reply = await attach(service, caseworker.key, caseId, { bytes: PICTURE, fields });
    expect(reply.status).toBe(201);
    expect(reply.headers.get('etag')).toBe('"1"');
    const [, event] = await caseworker.history(caseId);
    expect(event).toMatchObject({
      type: 'EvidenceAttached',
      data: {
        evidenceId: reply.body.ids['evidenceId'],
        sha256: sha256(PICTURE),
        size: PICTURE.length,
        mediaType: 'image/png',
        ...fields,
      },
    });
    const masked = await service.request<{ items: { data: object }[] }>('GET', `/v1/cases/${caseId}/events`, {
      key: auditor.key,
    });
    expect(masked.body.items[1]?.data).not.toHaveProperty('description');
  });

  it('comes back as it was sent, however large, and nothing readable of it lies about', async () => {
    const caseId = await caseworker.open();
    const evidenceId = await attached(caseId, LARGE);
    const answer = await download(caseId, evidenceId);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-length': String(LARGE.length),
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(LARGE));
    const lying = await Promise.all((await files()).map((file) => readFile(file)));
    expect(lying.some((bytes) => bytes.includes(LARGE.subarray(70_000, 70_100)))).toBe(false);
    expect((await files()).filter((file) => file.includes('drafts'))).toEqual([]);
  });

  it('has an entry in the access log by which an auditor reads who was given it', async () => {
    const caseId = await caseworker.open();
    const evidenceId = await attached(caseId, PICTURE);
    const correlationId = randomUUID();
    const answer = await download(caseId, evidenceId, { 'x-correlation-id': correlationId });
    await answer.arrayBuffer();
    expect(await auditor.of(correlationId)).toMatchObject({
      type: 'EvidenceRead',
      caseIds: [caseId],
      evidenceId,
      fields: 'all',
    });
    const custody = await auditor.entries(`?evidenceId=${evidenceId}`);
    expect(custody.map((entry) => entry.correlationId)).toEqual([correlationId]);
    expect(await auditor.entries(`?evidenceId=${newId()}`)).toEqual([]);
    const asked = await fetch(`${service.url}/v1/cases/${caseId}/evidence/${evidenceId}`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${caseworker.key}` },
    });
    expect([asked.status, asked.headers.get('content-length')]).toEqual([200, String(PICTURE.length)]);
  });

  it('is attached once, and lies there once, however often it is sent with its key', async () => {
    const caseId = await caseworker.open();
    const before = (await files()).length;
    const headers = { 'idempotency-key': randomUUID() };
    const send = () => attach(service, caseworker.key, caseId, { bytes: PICTURE, headers });
    const replies = [...(await Promise.all([send(), send()])), await send()];
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(replies.filter(({ headers: given }) => given.get('idempotency-replayed') === 'true')).toHaveLength(
      2,
    );
    expect((await files()).length).toBe(before + 1);
    expect((await caseworker.history(caseId)).length).toBe(2);

    const another = await refused(caseId, () =>
      attach(service, caseworker.key, caseId, { bytes: LARGE, headers }),
    );
    expect(another).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const elsewhere = await caseworker.open();
    const misused = await refused(elsewhere, () =>
      attach(service, caseworker.key, elsewhere, { bytes: PICTURE, headers }),
    );
    expect(misused).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const [evidenceId] = [replies[0]!.body.ids['evidenceId']!];
    expect(sha256(Buffer.from(await (await download(caseId, evidenceId)).arrayBuffer()))).toBe(
      sha256(PICTURE),
    );
  });

  it.each(['before', 'after'] as const)(
    'is one event and one file when its sender repeats it, the connection lost %s it was recorded',
    async (lost) => {
      const caseId = await caseworker.open();
      const store = service.app.get(EventStore);
      const append = store.append.bind(store);
      store.append = async (stream, ...rest) => {
        if (stream !== `case-${caseId}`) return append(stream, ...rest);
        store.append = append;
        if (lost === 'after') await append(stream, ...rest);
        throw new OutcomeUnknown();
      };
      const before = (await files()).length;
      const headers = { 'idempotency-key': randomUUID() };
      const send = () =>
        attach<Partial<Refused>>(service, caseworker.key, caseId, { bytes: PICTURE, headers });
      expect(await send()).toMatchObject({ status: 503, body: { code: 'outcome-unknown' } });
      expect((await send()).status).toBe(201);
      expect((await caseworker.history(caseId)).map(({ type }) => type)).toEqual([
        'CaseOpened',
        'EvidenceAttached',
      ]);
      expect((await files()).length).toBe(before + 1);
    },
  );

  it('is taken by a case that is closed, and stays with the case that another is merged into', async () => {
    const [loser, survivor] = [await caseworker.open(), await caseworker.open()];
    await caseworker.record(`/${loser}/closures`, { reason: 'done' });
    const evidenceId = await attached(loser, PICTURE);
    await caseworker.record(`/${loser}/reopenings`, { reason: 'the same person' });
    await caseworker.record(`/${loser}/merges`, { intoCaseId: survivor, reason: 'the same' });
    for (const caseId of [loser, survivor]) {
      const answer = await download(caseId, evidenceId);
      expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(PICTURE));
    }
    const late = await refused(loser, () => attach(service, caseworker.key, loser, { bytes: PICTURE }));
    expect(late).toMatchObject({ status: 409, body: { code: 'case-merged' } });
  });

  it('keeps its ids when what was said of it is corrected', async () => {
    const caseId = await caseworker.open();
    await attached(caseId, PICTURE, { description: 'the wrong person' });
    const [, { eventId }] = (await caseworker.history(caseId)) as [unknown, { eventId: string }];
    const correction = { eventId, reason: 'mistaken', data: { description: 'her brother' } };
    await caseworker.record(`/${caseId}/corrections`, correction);
    const other = { ...correction, data: { sha256: '0'.repeat(64) } };
    const reply = await caseworker.send<Refused>(`/${caseId}/corrections`, other);
    expect(problemIn(reply).code).toBe('ids-are-kept');
  });
});

describe('a file that is not as it was attached', () => {
  const damaged = async (damage: (file: string, bytes: Buffer) => Promise<unknown>): Promise<Response> => {
    const caseId = await caseworker.open();
    const evidenceId = await attached(caseId, LARGE);
    const file = (await files()).find((name) => name.includes(evidenceId))!;
    await damage(file, await readFile(file));
    return download(caseId, evidenceId);
  };

  it('is not given at all where its beginning or its length says so', async () => {
    const changed = await damaged((file, bytes) => writeFile(file, flipped(bytes, 100)));
    const cut = await damaged((file, bytes) => truncate(file, bytes.length - 65_552));
    for (const answer of [changed, cut]) {
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ code: 'evidence-damaged' });
    }
  });

  it('breaks off before its end where that shows later', async () => {
    const end = await damaged((file, bytes) => writeFile(file, flipped(bytes, bytes.length - 9)));
    expect(end.status).toBe(200);
    await expect(end.arrayBuffer()).rejects.toThrow();
  });

  it('is not left open where its answer ends before it begins', async () => {
    const caseId = await caseworker.open();
    const evidenceId = await attached(caseId, LARGE);
    const store = service.app.get(FileStore);
    const open = store.open.bind(store);
    const opened: Readable[] = [];
    store.open = async (place) => {
      const found = await open(place);
      const bytes = (): Readable => {
        const stream = found!.bytes() as Readable;
        opened.push(stream);
        return stream;
      };
      return found && { ...found, bytes };
    };
    try {
      const viewer = { principalId: newId(), roles: ['caseworker' as const] };
      (await service.app.get(KeptEvidence).open(caseId, evidenceId, viewer)).bytes.destroy();
    } finally {
      store.open = open;
    }
    expect(opened).toHaveLength(1);
    await eventually(() => expect(opened[0]!.closed).toBe(true));
  });

  it('is not found under an id that no event names', async () => {
    const caseId = await caseworker.open();
    const answer = await download(caseId, newId());
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'evidence-not-found' }]);
  });
});

it('the files of a case go with what it tells of its person', async () => {
  const caseId = await caseworker.open();
  const evidenceId = await attached(caseId, PICTURE, { description: 'a face' });
  expect((await files()).some((file) => file.includes(evidenceId))).toBe(true);
  await caseworker.record(`/${caseId}/erasures`, { reason: 'asked for' });
  const admin = await registered(service, 'admin');
  await service.request('POST', `/v1/cases/${caseId}/erasures/approvals`, { key: admin.key });
  await eventually(async () =>
    expect((await caseworker.history(caseId)).map(({ type }) => type)).toContain('SubjectErased'),
  );
  expect((await files()).some((file) => file.includes(evidenceId))).toBe(false);
  const answer = await download(caseId, evidenceId);
  expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'case-erased' }]);
  const late = await refused(caseId, () => attach(service, caseworker.key, caseId, { bytes: PICTURE }));
  expect(late).toMatchObject({ status: 409, body: { code: 'case-erased' } });
});
