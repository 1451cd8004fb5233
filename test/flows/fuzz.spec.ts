import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { CASE_STREAMS } from '../../src/cases/case-stream.js';
import { COMMAND_ROUTES } from '../../src/cases/http/command-catalogue.js';
import { EventStore } from '../../src/event-store/event-store.js';
import { bodySchema } from '../support/api-document.js';
import { valuesOf } from '../support/bodies-from-schema.js';
import { Caseworker, newId, type Refused } from '../support/caseworker.js';
import { registered } from '../support/principals.js';
import { startService, type Service } from '../support/service.js';
import { spoilt, type SpoiltBody } from '../support/spoilt-bodies.js';
import { everything } from '../support/store-events.js';
import { watched } from '../support/watched.js';

/** What is wrong with a body is found at the door: with other stores behind it a few are enough. */
const BODIES = globalThis.STORES === 'elsewhere' ? 1_000 : 5_000;

let service: Service;
let caseworker: Caseworker;
let document: OpenAPIObject;
let seen: string | undefined;

beforeAll(async () => {
  service = await startService({ env: { HABEAS_LOG_LEVEL: 'warn' } });
  // Let in on every route that takes a command.
  caseworker = Caseworker.with(service, (await registered(service, 'caseworker', 'admin')).key);
  document = (await service.request<OpenAPIObject>('GET', '/openapi.json')).body;
});

afterAll(() => service.close());

/** Of the cases: a refusal is put on record where it may be one to look at a case that is hidden. */
const head = async (): Promise<string | undefined> => {
  const [last] = (await everything(service.app.get(EventStore), seen, { prefixes: [CASE_STREAMS] })).slice(
    -1,
  );
  seen = last?.position ?? seen;
  return seen;
};

/** A spoilt body for every route, one after the other. */
const spoiltFor = (path: string): fc.Arbitrary<SpoiltBody> =>
  valuesOf(bodySchema(document, path), document).chain(spoilt);

describe('any body at any route', () => {
  it(`is taken or refused, never lost in an error, and a refused one leaves nothing behind (${BODIES} bodies)`, async () => {
    const seed = Date.now();
    const perRoute = Math.ceil(BODIES / COMMAND_ROUTES.length);
    let sent = 0;
    const answers = new Map<number, number>();

    for (const { path } of COMMAND_ROUTES) {
      // A case of its own for each route: some of them close it.
      const ids: Readonly<Record<string, string>> = { caseId: await caseworker.open() };
      const below = path
        .replace('/v1/cases', '')
        .replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? newId());
      for (const { how, text } of fc.sample(spoiltFor(path), { numRuns: perRoute, seed })) {
        try {
          const { status } = await watched(() => caseworker.send(below, text), head);
          answers.set(status, (answers.get(status) ?? 0) + 1);
        } catch (error) {
          throw new Error(`seed ${seed}, ${path}, ${how}: ${text.slice(0, 300)}`, { cause: error });
        }
        sent++;
      }
    }
    expect(sent).toBeGreaterThanOrEqual(BODIES);
    // Were everything taken, or everything refused for the same reason, this would have tried nothing.
    expect(answers.get(400)).toBeGreaterThan(BODIES / 4);
    expect(answers.get(201)).toBeGreaterThan(0);
  }, 600_000);
});

describe('a body that is too much', () => {
  it.each([
    ['of a megabyte', () => JSON.stringify({ text: 'x'.repeat(1024 * 1024) }), 413],
    ['nested ten thousand lists deep', () => `{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400],
    ['nested ten thousand objects deep', () => `${'{"text":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 400],
    ['with a member called __proto__', () => '{"text":"x","__proto__":{"admin":true}}', 400],
    ['with half a character', () => '{"text":"\\ud800"}', 400],
    ['that ends too early', () => '{"text":', 400],
  ])('%s is refused and nothing is written', async (_, body, status) => {
    const caseId = await caseworker.open();
    const reply = await watched(() => caseworker.send(`/${caseId}/notes`, body()), head);
    expect(reply.status).toBe(status);
  });

  it('that is no JSON at all is refused by its media type', async () => {
    const caseId = await caseworker.open();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await watched(() => caseworker.send<Refused>(`/${caseId}/notes`, 'text=x', form), head);
    expect(reply).toMatchObject({ status: 415, body: { code: 'not-json' } });
  });
});
