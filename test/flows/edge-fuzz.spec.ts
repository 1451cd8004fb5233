import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RouteTable } from '../../src/http/route-table.js';
import { ROLES } from '../../src/security/roles.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';

let service: Service;
let targets: { method: string; path: string }[];
beforeAll(async () => {
  service = await startService();
  // The rooms of the cases bring fuzz tests of their own.
  targets = service.app
    .get(RouteTable)
    .routes.filter(
      ({ method, path }) => ['POST', 'DELETE'].includes(method) && /^\/v1\/(principals|keys)/.test(path),
    );
});
afterAll(() => service.close());

const NAMES = [
  'label',
  'roles',
  'principalId',
  'expires',
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
  'a/b',
  '~',
];
const VALUES = [
  'admin',
  'auditor',
  '2020-01-27T10:00:00Z',
  '2020-13-45T99:99:99Z',
  '018f5a3e-0000-7000-8000-000000000000',
  '\0',
  '\ud800',
  '%00',
];

const leaf = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const tree = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.constantFrom(...NAMES), tie('value')), { maxLength: 5 }).map(asObjectText),
  ),
})).value;

/** Members such as __proto__ cannot be put into an object literal: they are written as text. */
class Raw {
  constructor(readonly json: string) {}
}

function asObjectText(members: [string, unknown][]): Raw {
  return new Raw(`{${members.map(([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`).join(',')}}`);
}

function textOf(value: unknown): string {
  if (value instanceof Raw) return value.json;
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  return JSON.stringify(value) ?? 'null';
}

it('whatever the body, the answer is an answer or a problem with its place, and never a 5xx', async () => {
  const before = await service.request<{ items: unknown[] }>('GET', '/v1/principals');
  const fair = fc.record({ label: fc.string(), roles: fc.uniqueArray(fc.constantFrom(...ROLES)) });
  const body = fc.oneof(tree.map(textOf), fc.string(), fc.json(), fair.map(textOf));
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), body, async (pick, text) => {
      const target = targets[pick % targets.length];
      if (!target) throw new Error('no routes');
      const reply = await service.request(target.method, target.path.replace(':keyId', 'none'), {
        body: text,
      });
      if (reply.status === 201) taken += 1;
      else if (reply.status === 400) expect(problemIn(reply).errors?.length).toBeGreaterThan(0);
      else expect([404, 422]).toContain(problemIn(reply).status);
    }),
    { numRuns: 1_000 },
  );
  const after = await service.request<{ items: unknown[] }>('GET', '/v1/principals');
  expect(taken).toBeGreaterThan(0);
  expect(after.body.items.length).toBe(before.body.items.length + taken);
}, 120_000);

it('whatever the path and the query, neither', async () => {
  const path = fc.oneof(
    fc.webUrl({ withQueryParameters: true }).map((url) => url.replace(/^https?:\/\/[^/?]*\/?/, '/')),
    fc
      .array(fc.constantFrom('v1', 'keys', 'principals', '%2e%2e', '%00', '..', ';', '*', '%', ':id', '%ff'))
      .map((parts) => `/${parts.join('/')}`),
    fc
      .string({ unit: 'binary-ascii' })
      .map((text) => `/v1/keys?${encodeURIComponent(text)}=${encodeURIComponent(text)}`),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'DELETE', 'HEAD', 'PUT', 'OPTIONS'),
      path,
      async (method, url) => {
        const reply = await service.request(method, url);
        expect(reply.status).toBeLessThan(500);
        if (reply.status >= 400 && method !== 'HEAD') problemIn(reply);
      },
    ),
    { numRuns: 500 },
  );
}, 120_000);
