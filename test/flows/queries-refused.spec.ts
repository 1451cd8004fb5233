import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker, newId, type Refused } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';

const clock = new FixedClock('2020-03-01T09:00:00.000Z');
let service: Service;
let caseworker: Caseworker;

beforeAll(async () => {
  service = await startService({ clock });
  caseworker = await Caseworker.of(service);
});

afterAll(() => service.close());

describe('a question is refused, with a pointer,', () => {
  it.each([
    ['/v1/cases?status=free', '/query/status'],
    ['/v1/cases?role=king', '/query/role'],
    ['/v1/cases?finding=none', '/query/finding'],
    ['/v1/cases?campaignId=K1', '/query/campaignId'],
    ['/v1/cases?article=Some%20article', '/query/article'],
    ['/v1/cases?asOf=2020-02-30', '/query/asOf'],
    ['/v1/cases?asOf=2020-02', '/query/asOf'],
    ['/v1/cases?limit=0', '/query/limit'],
    ['/v1/cases?limit=201', '/query/limit'],
    ['/v1/cases?limit=ten', '/query/limit'],
    ['/v1/cases?limit=1e2', '/query/limit'],
    ['/v1/cases?cursor=abc', '/query/cursor'],
    ['/v1/cases?status=deceased&status=at_liberty', '/query/status'],
    ['/v1/cases?surprise=1', '/query/surprise'],
    ['/v1/cases?__proto__=1', '/query/__proto__'],
    ['/v1/hearings?knownAt=2020-02-01T00:00:00Z', '/query/knownAt'],
    ['/v1/cases/K1', '/params/caseId'],
    [`/v1/cases/${newId()}?asOf=today`, '/query/asOf'],
    [`/v1/cases/${newId()}?knownAt=2020-02-01`, '/query/knownAt'],
    [`/v1/cases/${newId()}?knownAt=2020-02-01T00:00:00`, '/query/knownAt'],
    [`/v1/cases/${newId()}?knownAt=2090-01-01T00:00:00Z`, '/query/knownAt'],
    ['/v1/cases/K1/events', '/params/caseId'],
    ['/v1/hearings?from=soon', '/query/from'],
    ['/v1/releases/expected?to=2020-13-01', '/query/to'],
  ])('%s', async (path, pointer) => {
    const { status, errors } = problemIn(await caseworker.get(path));
    expect(status).toBe(400);
    expect(errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('also where it comes in a body', async () => {
    const { status, body } = await service.request<Refused>('POST', '/v1/cases/search', {
      body: { limit: '10', cursor: 'abc', surprise: 1 },
      key: caseworker.key,
    });
    expect(status).toBe(400);
    expect(new Set(body.errors?.map(({ pointer }) => pointer))).toEqual(
      new Set(['/body/cursor', '/body/limit', '/body/surprise']),
    );
  });
});
