import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Caseworker, newId } from '../support/caseworker.js';
import { attach, beginAttaching, evidenceOf, formOf, leavesNothing, PICTURE } from '../support/evidence.js';
import { eventually } from '../support/eventually.js';
import { registered } from '../support/principals.js';
import { startService, type Service } from '../support/service.js';

const LARGE = randomBytes(1_500_000);

let service: Service;
let caseworker: Caseworker;
beforeAll(async () => {
  service = await startService({ env: { HABEAS_MAX_EVIDENCE_MB: '2' } });
  caseworker = await Caseworker.of(service);
});
afterAll(() => service.close());

const files = (): Promise<string[]> => evidenceOf(service);

async function attached(caseId: string, bytes: Buffer): Promise<string> {
  const { status, body, text } = await attach(service, caseworker.key, caseId, { bytes });
  if (status !== 201) throw new Error(text);
  return body.ids['evidenceId']!;
}

const refused = (caseId: string, send: () => Promise<{ status: number }>): Promise<{ status: number }> =>
  leavesNothing(service, caseworker, caseId, send);

describe('what is not taken as a file', () => {
  const CASES: [string, () => FormData, number, string][] = [
    ['a form without one', () => new FormData(), 400, 'malformed-form'],
    ['an empty one', () => formOf({ bytes: Buffer.alloc(0) }), 400, 'malformed-form'],
    ['one in another field', () => formOf({ bytes: PICTURE, field: 'image' }), 400, 'malformed-form'],
    [
      'two of them',
      () => {
        const form = formOf({ bytes: PICTURE });
        form.append('file', new Blob(['more']), 'more.txt');
        return form;
      },
      400,
      'malformed-form',
    ],
    [
      'a field it does not know',
      () => formOf({ bytes: PICTURE, fields: { name: 'x' } }),
      400,
      'invalid-body',
    ],
    [
      'a date that is none',
      () => formOf({ bytes: PICTURE, fields: { capturedAt: 'x' } }),
      400,
      'invalid-body',
    ],
    ['one that is too large', () => formOf({ bytes: Buffer.alloc(2_097_153) }), 413, 'file-too-large'],
  ];
  it.each(CASES)('%s', async (_, form, status, code) => {
    const caseId = await caseworker.open();
    const reply = await refused(caseId, () => attach(service, caseworker.key, caseId, { form: form() }));
    expect(reply).toMatchObject({ status, body: { code } });
  });

  it('JSON, and forms where JSON is asked for', async () => {
    const caseId = await caseworker.open();
    const json = await refused(caseId, () => caseworker.send(`/${caseId}/evidence`, { file: 'x' }));
    expect(json).toMatchObject({ status: 415, body: { code: 'not-a-form' } });
    const nothing = await caseworker.send(`/${caseId}/evidence`, undefined);
    expect(nothing).toMatchObject({ status: 415, body: { code: 'not-a-form' } });
    const form = await fetch(`${service.url}/v1/cases/${caseId}/notes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${caseworker.key}` },
      body: formOf({ bytes: PICTURE }),
    });
    expect([form.status, await form.json()]).toMatchObject([415, { code: 'not-json' }]);
  });

  it('what its sender has broken off', async () => {
    const caseId = await caseworker.open();
    await refused(caseId, async () => {
      const sending = await beginAttaching(service, caseworker.key, caseId, { bytes: LARGE });
      await eventually(async () => (await files()).some((file) => file.includes('drafts')));
      sending.destroy();
      return { status: 0 };
    });
  });

  it('anything for a case that is not there, or not for the one who asks', async () => {
    const hidden = await caseworker.open();
    const stranger = await Caseworker.joining(service);
    const evidenceId = await attached(hidden, PICTURE);
    const own = await registered(service, 'caseworker');
    await Caseworker.with(service, own.key).record(`/${hidden}/restrictions`, {
      to: [own.principalId],
      reason: 'at risk',
    });
    const there = await attach(service, stranger.key, hidden, { bytes: PICTURE });
    const absent = await attach(service, stranger.key, newId(), { bytes: PICTURE });
    for (const reply of [there, absent])
      expect(reply).toMatchObject({ status: 404, body: { code: 'case-not-found' } });
    const path = `/v1/cases/${hidden}/evidence/${evidenceId}`;
    expect(await stranger.get(path)).toMatchObject({ status: 404, body: { code: 'case-not-found' } });
    for (const role of ['auditor', 'reporter', 'admin'] as const) {
      expect((await service.request('GET', path, { key: await service.keyFor(role) })).status).toBe(403);
    }
  });
});
