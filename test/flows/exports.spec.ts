import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { EventStore } from '../../src/event-store/event-store.js';
import { EXIT_CODES } from '../../src/evidence/verdict.js';
import { Auditor } from '../support/access-log.js';
import { Caseworker, newId } from '../support/caseworker.js';
import { Config } from '../../src/config.js';
import { signerIn } from '../../src/notary.js';
import { emptyLog } from '../../src/transparency/notary/remembering.js';
import { checkpointText } from '../../src/transparency/note/checkpoint.js';
import { signNote } from '../../src/transparency/note/signed-note.js';
import { aDesk, type Desk } from '../support/desk.js';
import { attach, PICTURE, sha256 } from '../support/evidence.js';
import { eventually } from '../support/eventually.js';
import { registered } from '../support/principals.js';
import { problemIn } from '../support/problem.js';
import { startService, type Reply, type Service } from '../support/service.js';

jest.setTimeout(60_000);

const NAME = 'Zmicier Kazłoŭski';

let folder: string;
let desk: Desk;
let service: Service;
let caseworker: Caseworker;
let auditor: string;

const start = async (roles?: string): Promise<void> => {
  service = await startService({ folder, ...(roles !== undefined && { env: { HABEAS_ROLES: roles } }) });
  caseworker = caseworker ? caseworker.at(service) : await Caseworker.of(service);
  auditor ??= await service.keyFor('auditor');
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-test-'));
  desk = await aDesk();
  await start();
});
afterAll(async () => {
  await service.close();
  await desk.clear();
  await rm(folder, { recursive: true, force: true });
});

const send = (caseId: string, headers = {}, body?: object): Promise<Reply<Record<string, unknown>>> =>
  service.request('POST', `/v1/cases/${caseId}/exports`, { key: auditor, headers, body });

/** The notary may be a little behind on a busy machine: then the same is asked again. */
async function exported(caseId: string, body?: object): Promise<Reply<Record<string, unknown>>> {
  const headers = { 'idempotency-key': randomUUID() };
  return eventually(async () => {
    const reply = await send(caseId, headers, body);
    if (reply.status !== 503)
      expect([reply.status, reply.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
    return reply.status === 200 && reply;
  }) as Promise<Reply<Record<string, unknown>>>;
}

async function verified(text: string, ...more: string[]) {
  const file = await desk.file('case.json', text);
  const keys = await service.request<{ items: { verifier: string }[] }>('GET', '/v1/tlog/keys', {
    key: auditor,
  });
  return desk.run('verify', file, '--key', keys.body.items[0]!.verifier, ...more);
}

const typesIn = async (caseId: string): Promise<string[]> =>
  (await service.app.get(EventStore).read(`case-${caseId}`)).map(({ type }) => type);

describe('a case that an auditor exports', () => {
  it('is one file that whoever has it can check with nothing else, and on record', async () => {
    const { caseId } = await caseworker.openServing(NAME);
    await caseworker.record(`/${caseId}/closures`, { reason: 'all is told' });
    const reply = await exported(caseId);
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(reply.text).not.toContain(NAME);
    expect(await typesIn(caseId)).toEqual([
      'CaseOpened',
      'Arrested',
      'DecisionRendered',
      'Sentenced',
      'CaseClosed',
      'ExportIssued',
    ]);
    const printed = await verified(reply.text);
    expect([printed.said, printed.code]).toEqual(['', 0]);
    expect(printed.out).toContain(`PROVEN: case ${caseId}`);
    const entry = await (await Auditor.of(service)).of(reply.headers.get('x-correlation-id')!);
    expect(entry).toMatchObject({ type: 'CaseExported', caseIds: [caseId], fields: 'masked' });
  });

  it('names the files of the case, which whoever has them can hold against it', async () => {
    const caseId = await caseworker.open();
    const { body } = await attach(service, caseworker.key, caseId, { bytes: PICTURE });
    const { text } = await exported(caseId);
    const file = join(desk.folder, 'picture');
    await writeFile(file, PICTURE);
    const printed = await verified(text, '--evidence', file);
    expect(printed.code).toBe(0);
    expect(printed.out).toContain(`the file ${body.ids['evidenceId']} (image/png, ${PICTURE.length} bytes)`);
    expect(printed.out).toContain(sha256(PICTURE));
    expect(printed.out).toContain(`${file} is, to the byte, the file ${body.ids['evidenceId']}`);
    await writeFile(file, PICTURE.subarray(1));
    const other = await verified(text, '--evidence', file);
    expect([other.code, other.out]).toEqual([EXIT_CODES.evidence, '']);
  });

  it('proves that the log has only grown since a checkpoint that the auditor has kept', async () => {
    const caseId = await caseworker.open();
    await exported(caseId);
    const known = await service.request('GET', '/v1/tlog/checkpoint', { key: auditor });
    const { text } = await exported(caseId, { known: known.text });
    const printed = await verified(text, '--known', await desk.file('known', known.text));
    expect([printed.said, printed.code]).toEqual(['', 0]);
    const before = await typesIn(caseId);
    const forged = await send(caseId, {}, { known: known.text.replace(/\n\d+\n/, '\n1\n') });
    expect(problemIn(forged)).toMatchObject({ status: 422, code: 'unknown-checkpoint' });
    expect(await typesIn(caseId)).toEqual(before);
  });

  it('proves nothing of a log that was given up, and says so', async () => {
    const caseId = await caseworker.open();
    const before = await typesIn(caseId);
    const { signer } = signerIn(service.app.get(Config));
    const known = signNote(
      checkpointText(emptyLog(`${signer.key.name}/2020-01-27T10:00:00.000Z`)),
      signer.key,
      signer.privateKey,
    );
    const reply = await send(caseId, {}, { known });
    expect(problemIn(reply)).toMatchObject({ status: 422, code: 'unknown-checkpoint' });
    expect(await typesIn(caseId)).toEqual(before);
  });

  it('holds those that were merged into it, under whichever of their ids it is asked for', async () => {
    const [loser, survivor] = [await caseworker.open(), await caseworker.open()];
    await caseworker.record(`/${loser}/merges`, { intoCaseId: survivor, reason: 'the same person' });
    const { text, body } = await exported(loser);
    expect(body['caseId']).toBe(survivor);
    const printed = await verified(text);
    expect([printed.said, printed.code]).toEqual(['', 0]);
    expect(printed.out).toContain(`PROVEN: case ${survivor}, with ${loser}`);
  });

  it('is proven after its erasure, and the file says which fields are gone and when', async () => {
    const caseId = await caseworker.open(NAME);
    await caseworker.record(`/${caseId}/notes`, { text: `his mother says: ${NAME}` });
    await caseworker.record(`/${caseId}/erasures`, { reason: `${NAME} asks for it` });
    const admin = await registered(service, 'admin');
    await service.request('POST', `/v1/cases/${caseId}/erasures/approvals`, { key: admin.key });
    await eventually(async () => expect(await typesIn(caseId)).toContain('SubjectErased'));
    const { text } = await exported(caseId);
    const printed = await verified(text);
    expect([printed.said, printed.code]).toEqual(['', 0]);
    expect(printed.out).toMatch(/Erased on .*, and for good: .* of event 0 \(CaseOpened\)/);
    expect(printed.out).toMatch(/Erased on .*, and for good: text of event 1 \(NoteAdded\)/);
    expect(printed.out).toMatch(
      /asked that the person's data be erased, .* was destroyed: event \d+ of case-/,
    );
    const { body } = await caseworker.get<{ erased?: true }>(`/v1/cases/${caseId}`);
    expect(body.erased).toBe(true);
  });
});

describe('an export', () => {
  it('is for auditors, of cases that are there', async () => {
    const caseId = await caseworker.open();
    for (const role of ['caseworker', 'reporter', 'admin'] as const) {
      const key = await service.keyFor(role);
      expect((await service.request('POST', `/v1/cases/${caseId}/exports`, { key })).status).toBe(403);
    }
    expect(await typesIn(caseId)).toEqual(['CaseOpened']);
    expect(problemIn(await send(newId()))).toMatchObject({ status: 404, code: 'case-not-found' });
  });

  it('is neither corrected nor voided', async () => {
    const caseId = await caseworker.open();
    await exported(caseId);
    const { eventId } = (await caseworker.history(caseId)).at(-1)!;
    const voided = await caseworker.send(`/${caseId}/voids`, { eventId, reason: 'entered_in_error' });
    expect(problemIn(voided as never).code).toBe('not-voidable');
  });

  it('that no checkpoint covers in time is asked for again, and issued once', async () => {
    const caseId = await caseworker.open();
    await service.close();
    await start('api,projector');
    const headers = { 'idempotency-key': randomUUID() };
    const early = await send(caseId, headers);
    expect(problemIn(early)).toMatchObject({ status: 503, code: 'not-covered' });
    expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0);
    await service.close();
    await start();
    const reply = await eventually(async () => {
      const again = await send(caseId, headers);
      return again.status === 200 && again;
    });
    expect((await verified((reply as Reply<unknown>).text)).code).toBe(0);
    expect(await typesIn(caseId)).toEqual(['CaseOpened', 'ExportIssued']);
  });
});
