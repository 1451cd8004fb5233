import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { answerSchema } from '../support/api-document.js';
import { Caseworker, newId, since, type Recorded } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import { misfits } from '../support/misfits.js';
import { startService, type Service } from '../support/service.js';

let service: Service;
let caseworker: Caseworker;
let document: OpenAPIObject;
let last: Recorded;

/** A case with something in every list of its answer. */
beforeAll(async () => {
  service = await startService({ clock: new FixedClock('2020-03-01T09:00:00.000Z') });
  caseworker = await Caseworker.of(service);
  document = (await service.request<OpenAPIObject>('GET', '/openapi.json')).body;

  const { caseId } = await caseworker.openServing('Dzmitry Kazlou');
  const proceedingId = newId();
  const record = (below: string, body: unknown) => caseworker.record(`/${caseId}${below}`, body);
  await record('/charges', { proceedingId, provision: { code: 'BY-CoAO-2003', article: '23.34' } });
  await record('/hearings', { proceedingId, at: '2020-04-15', court: 'of Homiel' });
  const { ids } = await record('/fines', { proceedingId, baseUnits: 20, at: '2020-02-26' });
  await record('/appeals', { decisionId: ids['decisionId'] });
  await record('/counsel-denials', { at: '2020-02-24', until: '2020-02-28' });
  const { events } = await record('/notes', { text: 'wrong' });
  await record('/corrections', {
    eventId: events.at(0)!.eventId,
    data: { text: 'right' },
    reason: 'misread',
  });
  await caseworker.open('Зміцер Казлоў');
  last = await record('/releases', {
    detentionId: newId(),
    basis: 'unknown',
    conditional: false,
    at: '2019',
  });
});

afterAll(() => service.close());

describe('an answer is what the API document says', () => {
  it('to a command', () => {
    expect(
      misfits(last, answerSchema(document, 'post', '/v1/cases/{caseId}/releases', '201'), document),
    ).toEqual([]);
  });

  it.each([
    '/v1/cases',
    '/v1/cases/{caseId}',
    '/v1/cases/{caseId}/events',
    '/v1/cases/{caseId}/replay',
    '/v1/cases/{caseId}/similar',
    '/v1/hearings',
    '/v1/releases/expected',
  ])('to GET %s', async (path) => {
    const fresh = /\/(events|replay)$/.test(path) ? '' : `?${since(last.position)}`;
    const asked = path.replace('{caseId}', last.caseId) + fresh;
    const { status, body } = await caseworker.get<{ items?: unknown[] }>(asked);
    expect(status).toBe(200);
    if (body.items) expect(body.items.length).toBeGreaterThan(0);
    expect(misfits(body, answerSchema(document, 'get', path), document)).toEqual([]);
  });

  it('to a search, and to an auditor', async () => {
    for (const role of ['caseworker', 'auditor'] as const) {
      const { status, body } = await service.request('POST', '/v1/cases/search', {
        body: { minPosition: last.position },
        key: await service.keyFor(role),
      });
      expect(status).toBe(200);
      expect(misfits(body, answerSchema(document, 'post', '/v1/cases/search'), document)).toEqual([]);
    }
  });
});
