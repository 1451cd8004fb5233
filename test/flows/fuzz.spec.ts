import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { COMMAND_ROUTES } from '../../src/cases/http/command-catalogue.js';
import { EventStore } from '../../src/event-store/event-store.js';
import { valuesOf } from '../support/bodies-from-schema.js';
import { Caseworker, newId, type Refused } from '../support/caseworker.js';
import { startService, type Reply, type Service } from '../support/service.js';
import { spoilt, type SpoiltBody } from '../support/spoilt-bodies.js';

const BODIES = 5_000;

let service: Service;
let caseworker: Caseworker;
let document: OpenAPIObject;

beforeAll(async () => {
  service = await startService({ env: { HABEAS_LOG_LEVEL: 'warn' } });
  caseworker = await Caseworker.of(service);
  document = (await service.request<OpenAPIObject>('GET', '/openapi.json')).body;
});

afterAll(() => service.close());

const head = (): Promise<string | undefined> => service.app.get(EventStore).head();

/** A spoilt body for every route, one after the other. */
const spoiltFor = (path: string): fc.Arbitrary<SpoiltBody> => {
  const body = document.paths[path]?.post?.requestBody;
  if (!body || !('content' in body)) throw new Error(`no body at ${path}`);
  return valuesOf(body.content['application/json']!.schema!, document).chain(spoilt);
};

describe('any body at any route', () => {
  it(`is taken or refused, never lost in an error, and a refused one leaves nothing behind (${BODIES} bodies)`, async () => {
    const caseId = await caseworker.open();
    const ids: Readonly<Record<string, string>> = { caseId };
    const perRoute = Math.ceil(BODIES / COMMAND_ROUTES.length);
    let sent = 0;
    const answers = new Map<number, number>();

    for (const { path } of COMMAND_ROUTES) {
      const below = path
        .replace('/v1/cases', '')
        .replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? newId());
      for (const { how, text } of fc.sample(spoiltFor(path), perRoute)) {
        try {
          const { status } = await watched(() => caseworker.send(below, text), head);
          answers.set(status, (answers.get(status) ?? 0) + 1);
        } catch (error) {
          throw new Error(`${path}, ${how}: ${text.slice(0, 300)}`, { cause: error });
        }
        sent++;
      }
    }
    expect(sent).toBeGreaterThanOrEqual(BODIES);
    // Were everything taken, or everything refused for the same reason, this would have tried nothing.
    expect(answers.get(400)).toBeGreaterThan(BODIES / 4);
    expect(answers.get(201)).toBeGreaterThan(0);
  }, 300_000);
});

describe('a body that is too much', () => {
  it.each([
    ['of a megabyte', () => JSON.stringify({ text: 'x'.repeat(1024 * 1024) }), 413],
    ['nested ten thousand lists deep', () => `{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400],
    ['nested ten thousand objects deep', () => `${'{"text":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 400],
    ['with a member called __proto__', () => '{"text":"x","__proto__":{"admin":true}}', 400],
    ['with half a character', () => '{"text":"\\ud800"}', 400],
    ['that is not UTF-8', () => '{"text":"\u00ff', 400],
    ['that ends too early', () => '{"text":', 400],
  ])('%s is refused and nothing is written', async (_, body, status) => {
    const caseId = await caseworker.open();
    const before = await head();
    const reply = await caseworker.send<Refused>(`/${caseId}/notes`, body());
    expect(reply.status).toBe(status);
    expectProblem(reply);
    expect(await head()).toBe(before);
  });

  it('that is no JSON at all is refused by its media type', async () => {
    const caseId = await caseworker.open();
    const before = await head();
    const reply = await caseworker.send<Refused>(`/${caseId}/notes`, 'text=x', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(reply).toMatchObject({ status: 415, body: { code: 'not-json' } });
    expect(await head()).toBe(before);
  });
});
