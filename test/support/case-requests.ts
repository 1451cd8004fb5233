import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { RouteTable } from '../../src/http/route-table.js';
import type { Role } from '../../src/security/roles.js';
import { bodySchema } from './api-document.js';
import { valuesOf } from './bodies-from-schema.js';
import { formOf, PICTURE } from './evidence.js';
import { newId, since } from './caseworker.js';
import type { RequestOptions, Service } from './service.js';

/** Where every route of one case begins. */
const CASE_PATH = '/v1/cases/:caseId';

export interface CaseRequest extends RequestOptions {
  method: string;
  path: string;
  /** As registered. */
  route: string;
  command: boolean;
}

/**
 * A request to every route of one case that one of the roles has (caseworkers, if nothing is said), as they are served, with
 * bodies that pass every check. Reads wait for the position. A merge goes into the other case.
 */
export async function requestsToCase(
  service: Service,
  caseId: string,
  { intoCaseId, position }: { intoCaseId: string; position: string },
  roles: readonly Role[] = ['caseworker'],
): Promise<CaseRequest[]> {
  const document = (await service.request<OpenAPIObject>('GET', '/openapi.json')).body;
  const routes = service.app.get(RouteTable).routes.filter(({ path }) => path.startsWith(CASE_PATH));
  return routes
    .filter(
      ({ rules: { policy } }) =>
        policy?.access === 'roles' && roles.some((role) => policy.roles.includes(role)),
    )
    .map(({ method, path: route, rules }): CaseRequest => {
      const path = route.replace(':caseId', caseId).replaceAll(/:\w+/g, newId());
      if (rules.command !== true) {
        // The history is read from the streams, and takes no position.
        const fresh = method === 'HEAD' || /\/(events|replay)$/.test(route) ? '' : `?${since(position)}`;
        return { method, path: path + fresh, route, command: false };
      }
      if (rules.takesFile === true)
        return { method, path, route, command: true, body: formOf({ bytes: PICTURE }) };
      const template = route.replaceAll(/:(\w+)/g, '{$1}');
      const [body] = fc.sample(valuesOf(bodySchema(document, template), document), { numRuns: 1, seed: 7 });
      const into = route.endsWith('/merges') && { intoCaseId };
      return { method, path, route, command: true, body: { ...(body as object), ...into } };
    });
}
