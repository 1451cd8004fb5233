import { Controller, Get } from '@nestjs/common';
import { afterEach, expect, it } from '@jest/globals';
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

it('who may see cases sees them on record, but for what goes to report jobs', async () => {
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
  const unrecorded = shown.filter(({ rules }) => typeof rules.logs !== 'object');
  expect(unrecorded.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /v1/events',
    'HEAD /v1/events',
  ]);
});
