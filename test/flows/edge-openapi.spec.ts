import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RouteTable, type Route } from '../../src/http/route-table.js';
import { startService, type Service } from '../support/service.js';

interface Operation {
  summary?: string;
  parameters?: { name: string; in: string }[];
  security?: Record<string, unknown>[];
  responses: Record<string, { content?: Record<string, unknown> }>;
  'x-roles'?: string[];
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

let service: Service;
let document: Document;
let routes: Route[];
beforeAll(async () => {
  service = await startService();
  document = (await service.request<Document>('GET', '/openapi.json', { key: null })).body;
  // HEAD comes with every GET, and the page at /docs is not part of the API.
  routes = service.app
    .get(RouteTable)
    .routes.filter(({ method, path }) => method !== 'HEAD' && !path.startsWith('/docs'));
});
afterAll(() => service.close());

const nameOf = ({ method, path }: Route): string => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
const operations = (): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );

describe('the API document', () => {
  it('is OpenAPI 3.1', () => expect(document.openapi).toMatch(/^3\.1\./));

  it('has every route, and no other', () => {
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual(routes.map(nameOf).sort());
  });

  it('tells of every route what it is for, who may call it and how it fails', () => {
    const rules = new Map(routes.map((route) => [nameOf(route), route.rules]));
    for (const [name, operation] of operations()) {
      const policy = rules.get(name)?.policy;
      expect([name, operation.summary]).toEqual([name, expect.stringMatching(/\w/)]);
      expect([name, operation['x-roles']]).toEqual([
        name,
        policy?.access === 'roles' ? policy.roles : undefined,
      ]);
      expect([name, operation.security]).toEqual([name, policy?.access === 'roles' ? [{ apiKey: [] }] : []]);
      expect(Object.keys(operation.responses['default']?.content ?? {})).toEqual([
        'application/problem+json',
      ]);
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
    }
  });

  it('names every parameter of a path', () => {
    for (const [name, operation] of operations()) {
      const inPath = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'path')
        .map((one) => one.name);
      expect([name, inPath.sort()]).toEqual([
        name,
        [...name.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort(),
      ]);
    }
  });

  it('refers to nothing that it does not have', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name] of references) expect(Object.keys(document.components.schemas)).toContain(name);
  });
});

describe('the page to read and try it', () => {
  it('comes with everything it needs, from here', async () => {
    const page = await service.request('GET', '/docs', { key: null });
    expect(page.headers.get('content-type')).toContain('text/html');
    const needed = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    const local = needed.filter((address) => !address.startsWith('data:'));
    expect(local).toHaveLength(3);
    for (const address of local) {
      expect(address).toMatch(/^\/docs\//);
      expect((await service.request('GET', address, { key: null })).status).toBe(200);
    }
  });

  it('has no script of its own in it, which the security headers forbid', async () => {
    const { text, headers } = await service.request('GET', '/docs', { key: null });
    expect(text).not.toMatch(/<script>|<script [^>]*>[^<]|\son\w+=/);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});
