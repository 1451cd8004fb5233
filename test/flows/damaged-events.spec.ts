import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { streamOf } from '../../src/cases/case-stream.js';
import { EventStore, type StoredEvent } from '../../src/event-store/event-store.js';
import { verifyWholeStore } from '../../src/evidence/verify-whole-store.js';
import { Caseworker, newId } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';

/** What something else than the service may leave in the stream of a case. */
const DAMAGE: [what: string, payload: (whole: StoredEvent) => string, metadata?: string][] = [
  ['no JSON', () => 'Vasilevich was arrested'],
  ['nothing', () => ''],
  ['half of an event', ({ payload }) => payload.slice(0, payload.length / 2)],
  ['a list', () => '[]'],
  ['no value', () => 'null'],
  ['an object of another kind', () => '{"name":"Vasilevich"}'],
  ['no data', ({ payload }) => payload.replace(/"data":\{.*?\},"on"/, '"data":"Vasilevich","on"')],
  ['an envelope that is none', ({ payload }) => payload, 'Vasilevich'],
  ['an envelope of another kind', ({ payload }) => payload, '{"name":"Vasilevich"}'],
];

let service: Service;
let caseworker: Caseworker;
let store: EventStore;
let whole: string;
const damaged = new Map<string, { caseId: string; position: string }>();

beforeAll(async () => {
  service = await startService();
  store = service.app.get(EventStore);
  caseworker = await Caseworker.of(service);
  whole = await caseworker.open();
  for (const [what, payloadOf, metadata] of DAMAGE) {
    const caseId = await caseworker.open();
    const [opened] = await store.read(streamOf(caseId));
    const event = { ...opened!, eventId: newId(), type: 'NoteAdded', payload: payloadOf(opened!) };
    const { position } = await store.append(
      streamOf(caseId),
      [{ ...event, ...(metadata !== undefined && { metadata }) }],
      0,
    );
    damaged.set(what, { caseId, position });
  }
}, 60_000);

afterAll(() => service.close());

describe.each(DAMAGE)('a case in whose stream there is %s instead of an event', (what) => {
  it('is not shown, and takes nothing; the answer says why, and the log where', async () => {
    const { caseId, position } = damaged.get(what)!;
    for (const path of ['', '/events', '/similar', '/replay?asOf=2020-01-01']) {
      const reply = await caseworker.get(`/v1/cases/${caseId}${path}`);
      expect({ path, ...problemIn(reply) }).toMatchObject({ path, status: 503, code: 'event-damaged' });
      expect(reply.text).not.toContain('Vasilevich');
    }
    const refused = await caseworker.send(`/${caseId}/notes`, { text: 'one more' });
    expect(problemIn(refused)).toMatchObject({ status: 503, code: 'event-damaged' });
    expect(await store.read(streamOf(caseId))).toHaveLength(2);
    expect(service.log).toContainEqual(
      expect.objectContaining({
        level: 'error',
        event: 'event damaged',
        stream: streamOf(caseId),
        revision: 1,
        position,
        correlationId: problemIn(refused).instance,
      }),
    );
  });
});

it('cases that are damaged are parked, and no other', async () => {
  const parked = () => service.request<{ items: { key: string; code: string }[] }>('GET', '/v1/parked');
  const all = [...damaged.values()].map(({ caseId }) => `${caseId} event-damaged`);
  await eventually(async () => {
    const { items } = (await parked()).body;
    expect(items.map(({ key, code }) => `${key} ${code}`).toSorted()).toEqual(all.toSorted());
  });
  expect(service.log).toContainEqual(
    expect.objectContaining({ event: 'parked', level: 'error', code: 'event-damaged' }),
  );
});

describe('beside cases that are damaged', () => {
  it('the others are shown, and take what is recorded', async () => {
    const { position } = await caseworker.record(`/${whole}/arrests`, { at: '2020-01-12' });
    const { status, body } = await caseworker.get(`/v1/cases/${whole}?minPosition=${position}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ caseId: whole, revision: 1 });
  });

  it('the feed ends with an error before the first of them, and leaves none out', async () => {
    const key = await service.keyFor('reporter');
    const reply = await service.request('GET', '/v1/events', { key });
    expect(problemIn(reply)).toMatchObject({ status: 503, code: 'event-damaged' });
  });

  it('whoever verifies the store is told of the first', async () => {
    const first = damaged.get(DAMAGE[0]![0])!;
    await expect(verifyWholeStore({ store, log: undefined, trust: {} })).rejects.toThrow(
      `event 1 of ${streamOf(first.caseId)}`,
    );
  });

  it('not one answer was a failure that nobody knows, and no line quotes what stands there', () => {
    const lines = service.log.filter(({ event, status }) => event === 'unknown error' || status === 500);
    expect(lines).toEqual([]);
    expect(JSON.stringify(service.log)).not.toContain('Vasilevich');
  });
});
