import { afterEach, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { mintApiKey } from '../../src/security/api-key.js';
import { FixedClock } from '../support/fixed-clock.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';
import { everything } from '../support/store-events.js';

let service: Service;
afterEach(() => service.close());

it('a principal that asks too often is told when to come back, whichever of its keys it shows; others are not', async () => {
  const most = 12;
  service = await startService({ env: { HABEAS_REQUESTS_PER_MINUTE: String(most) } });
  const body = { label: 'a job', roles: ['reporter'] };
  const { principalId } = (await service.request<{ principalId: string }>('POST', '/v1/principals', { body }))
    .body;
  const keys: string[] = [];
  for (let i = 0; i < 2; i += 1) {
    const issued = await service.request<{ key: string }>('POST', '/v1/keys', { body: { principalId } });
    keys.push(issued.body.key);
  }
  const ask = (i: number) => service.request('POST', '/v1/cases', { key: keys[i % 2] ?? null, body: {} });
  const statuses = (await Promise.all(Array.from({ length: 2 * most }, (_, i) => ask(i)))).map(
    ({ status }) => status,
  );
  // What is forbidden counts like anything else.
  expect(statuses.filter((status) => status === 403)).toHaveLength(most);
  expect(statuses.filter((status) => status === 429)).toHaveLength(most);
  const refused = await ask(0);
  expect(problemIn(refused)).toMatchObject({ status: 429, code: 'rate-limited' });
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThanOrEqual(60);
  expect((await service.request('GET', '/v1/keys')).status).toBe(200);
});

it('guesses at a key are answered later and later, and the owner of the key at once', async () => {
  const clock = new FixedClock();
  service = await startService({ clock });
  const key = await service.keyFor('admin');
  const guess = `${key.slice(0, -43)}${mintApiKey().text.slice(-43)}`;
  const ask = (credential: string) => service.request('GET', '/v1/keys', { key: credential });
  for (let i = 0; i < 12; i += 1) {
    expect(problemIn(await ask(guess))).toMatchObject({ status: 401, code: 'credential-invalid' });
  }
  expect(clock.waits.slice(0, 3)).toEqual([100, 200, 400]);
  expect(clock.waits.at(-1)).toBe(5_000);
  const before = clock.waits.length;
  expect((await ask(key)).status).toBe(200);
  expect((await service.request('GET', '/v1/keys', { key: null })).status).toBe(401);
  expect(clock.waits).toHaveLength(before);
});

it('whoever asks too often is on record once a minute, however often they ask', async () => {
  const clock = new FixedClock();
  service = await startService({ clock, env: { HABEAS_REQUESTS_PER_MINUTE: '12' } });
  const key = await service.keyFor('caseworker');
  const ask = () => service.request('GET', '/v1/cases?limit=1', { key });
  const statuses = (await Promise.all(Array.from({ length: 40 }, ask))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(28);
  clock.forward(60);
  // The count is by the machine's own clock: it is over its limit still.
  expect((await ask()).status).toBe(429);
  expect((await ask()).status).toBe(429);
  const events = await everything(service.app.get(EventStore));
  const entries = events.filter(({ payload }) => payload.includes('"code":"rate-limited"'));
  expect(entries.map(({ type }) => type)).toEqual(['AccessRefused', 'AccessRefused']);
});
