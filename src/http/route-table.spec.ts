import { expect, it } from '@jest/globals';
import type { RouteOptions } from 'fastify';
import { RouteTable } from './route-table.js';

const route = (
  method: string,
  url: string,
  config: object = { policy: { access: 'public' } },
): RouteOptions => ({
  method,
  url,
  config,
  handler: () => undefined,
});

it('knows the methods of a path, with parameters and without', () => {
  const table = new RouteTable();
  table.add(route('GET', '/v1/keys'));
  table.add(route('POST', '/v1/keys'));
  table.add(route('DELETE', '/v1/keys/:keyId'));
  expect(table.methodsOf('/v1/keys')).toEqual(['GET', 'POST']);
  expect(table.methodsOf('/v1/keys/abc')).toEqual(['DELETE']);
  expect(table.methodsOf('/v1/keys/')).toEqual([]);
  expect(table.methodsOf('/v1/keys/abc/def')).toEqual([]);
});

it('refuses a route without a policy', () => {
  expect(() => new RouteTable().add(route('GET', '/v1/open', {}))).toThrow('GET /v1/open has no policy');
});
