import { Controller, Get } from '@nestjs/common';
import { afterEach, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { Logged } from '../../src/http/logged.js';
import { RouteTable } from '../../src/http/route-table.js';
import { Allow } from '../../src/security/allow.js';
import { ApiKeys } from '../../src/security/api-keys.js';
import { Principals } from '../../src/security/principals.js';
import type { Role } from '../../src/security/roles.js';
import { startWithRoutes, type EdgeApp } from '../support/edge-app.js';
import { startService } from '../support/service.js';

let running: EdgeApp | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function keyOf({ app }: EdgeApp, role: Role): Promise<string> {
  const { principalId } = await app.get(Principals).add('somebody', [role]);
  return (await app.get(ApiKeys).issue(principalId)).text;
}

it('a route that says nothing of the access log stops the boot', async () => {
  @Controller('/v1/persons')
  class Unlogged {
    @Get()
    @Allow('caseworker')
    read(): string[] {
      return [];
    }
  }
  await expect(startWithRoutes(Unlogged)).rejects.toThrow(
    'GET /v1/persons says nothing of the access log: give it @Logged or @NotLogged',
  );
});

it('an answer that passes the log by does not leave', async () => {
  @Controller('/v1/letters')
  class AsText {
    @Get()
    @Allow('caseworker')
    @Logged('CaseRead', (_: string) => ({ cases: [], fields: 'all' }))
    async read(): Promise<string> {
      return 'Kazlou';
    }
  }
  running = await startWithRoutes(AsText);
  const headers = { authorization: `Bearer ${await keyOf(running, 'caseworker')}` };
  const reply = await fetch(`${running.url}/v1/letters`, { headers });
  expect(reply.status).toBe(500);
  expect(await reply.text()).not.toContain('Kazlou');
});

it('an answer whose entry takes too long is given up, and does not leave when that is written after all', async () => {
  @Controller('/v1/letters')
  class Letters {
    @Get()
    @Allow('caseworker')
    @Logged('CaseRead', (_: object) => ({ cases: [], fields: 'none' }))
    async read(): Promise<object> {
      return { name: 'Kazlou' };
    }
  }
  running = await startWithRoutes(Letters, { headersMs: 500, requestMs: 500, uploadMs: 500, checkMs: 20 });
  const url = `${running.url}/v1/letters`;
  const headers = { authorization: `Bearer ${await keyOf(running, 'caseworker')}` };
  const store = running.app.get(EventStore);
  const append = store.append.bind(store);
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  store.append = (...args) => held.then(() => append(...args));
  const late = await fetch(url, { headers });
  expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([503, 'timed-out']);
  goOn();
  expect(await (await fetch(url, { headers })).json()).toEqual({ name: 'Kazlou' });
  expect(running.log.filter(({ level }) => level === 'error')).toEqual([]);
});

it('who may see cases sees them on record, but for what goes to report jobs, what is of no case, what was published, and the hashes of the log', async () => {
  const service = await startService();
  const { routes } = service.app.get(RouteTable);
  await service.close();
  const shown = routes.filter(
    ({ rules: { policy, command } }) =>
      command !== true &&
      policy?.access === 'roles' &&
      policy.roles.some((role) => role === 'caseworker' || role === 'auditor'),
  );
  expect(shown.length).toBeGreaterThan(8);
  const unrecorded = shown.filter(
    ({ path, rules }) => typeof rules.logs !== 'object' && !path.startsWith('/v1/tlog/'),
  );
  // Campaigns, estimates and recommendations as they stand: what the feed has of them. Their histories, which have more, are put on record.
  const ofNoCase = ['campaigns', 'estimates', 'recommendations'].flatMap((name) => [
    `/v1/${name}`,
    `/v1/${name}/:${name.slice(0, -1)}Id`,
  ]);
  // Fit to be read by everybody, and revised ones are held to the same.
  const published = ['', '/:issueId', '/:issueId/check'].map((below) => `/v1/reports/issued${below}`);
  const expected = [...ofNoCase, ...published, '/v1/events'].flatMap((path) => [
    `GET ${path}`,
    `HEAD ${path}`,
  ]);
  expect(unrecorded.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(expected.toSorted());
});
