import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NotLogged } from '../../src/http/logged.js';
import { Allow } from '../../src/security/allow.js';
import { startWithRoutes } from '../support/edge-app.js';
import { requestsToCase } from '../support/case-requests.js';
import { ROLES } from '../../src/security/roles.js';
import { Caseworker } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { FixedClock } from '../support/fixed-clock.js';
import { Issuer } from '../support/issuer.js';
import { startService, type Service } from '../support/service.js';
import { callersAt, callersAtCase, withUnknownKey, type Caller } from './support/callers.js';
import { doorsOf, knock, knockAtCase, LEGEND, tableOf } from './support/doors.js';
import { questionsAbout, restrictedCase, sighted, type RestrictedCase } from './support/sightings.js';

/**
 * Who gets in where, as it was reviewed. A route that is added, or answers otherwise, makes this fail until the table has
 * been looked at. To write it anew, for the review, run this spec with REVIEW_DOORS=1 and read the difference.
 */
const TABLE = join(import.meta.dirname, 'doors.md');
const REVIEW = process.env['REVIEW_DOORS'] === '1';

const PREFACE = `# Who gets in where

Every route with every kind of credential, as the service answers. Compared with it by \`doors.spec.ts\`, which also writes
it: \`REVIEW_DOORS=1 npm test -- test/security/doors\`. Whoever commits a change to this file has read the difference.

\`in\`: the request got past the door, whatever was made of it there. Else status and code (${LEGEND}); an answer to \`HEAD\`
has no code. The bad tokens and keys are those of an admin.

`;

const RESTRICTED = `
## A restricted case

The same for a case that is restricted to one caseworker, asked for with all that the route needs. \`404\`: as for a case that is not
there.

`;

const SIGHTINGS = `
### Where it shows

Questions whose answer would have the case, were it not restricted, and whether it is there: \`shown\` or \`not shown\`. An auditor sees
no person in it, the feed has ids, codes, dates and amounts of every case.

`;

let clock: FixedClock;
let service: Service;
let issuer: Issuer;
beforeAll(async () => {
  // Time stands still: refusals are not held back.
  clock = new FixedClock();
  issuer = await Issuer.start(clock);
  service = await startService({ clock, env: issuer.env });
  await eventually(async () => (await service.request('GET', '/health/ready')).status === 200);
});
afterAll(async () => {
  await service.close();
  await issuer.goAway();
});

it('who gets in where is as it was reviewed', async () => {
  const doors = doorsOf(service);
  const callers = await callersAt(service, issuer);
  const outcomes: string[][] = [];
  for (const door of doors) {
    outcomes.push(await Promise.all(callers.map((caller) => knock(service, door, caller))));
  }
  const away = await withUnknownKey('the same, issuer out of reach', issuer);
  await whileAway(away, async () => {
    for (const [i, door] of doors.entries()) outcomes[i]?.push(await knock(service, door, away));
  });
  const found = `${PREFACE}${tableOf(doors, [...callers, away], outcomes)}\n${await ofARestrictedCase()}`;
  if (REVIEW) writeFileSync(TABLE, found);
  expect(found).toBe(readFileSync(TABLE, 'utf8'));
}, 300_000);

async function ofARestrictedCase(): Promise<string> {
  const restricted = await restrictedCase(service, clock);
  const callers = await callersAtCase(service, restricted.namedKey);
  return `${RESTRICTED}${await itsRoutes(restricted, callers)}\n${SIGHTINGS}${await whereItShows(restricted, callers)}\n`;
}

type CallersAtCase = Awaited<ReturnType<typeof callersAtCase>>;

/** Commands are sent whole, but by who sees the case: they would change it. */
async function itsRoutes({ caseId, position }: RestrictedCase, callers: CallersAtCase): Promise<string> {
  const intoCaseId = await (await Caseworker.of(service)).open();
  const requests = await requestsToCase(service, caseId, { intoCaseId, position }, ROLES);
  const outcomes: string[][] = [];
  for (const request of requests) {
    outcomes.push(
      await Promise.all(
        callers.map(({ changesIt, ...caller }) => {
          const body = request.command && changesIt ? { no: 'such member' } : request.body;
          return knockAtCase(service, { ...request, body }, caller);
        }),
      ),
    );
  }
  const doors = requests.map(({ method, route }) => ({ method, path: route }));
  return tableOf(doors, callers, outcomes);
}

async function whereItShows(restricted: RestrictedCase, callers: CallersAtCase): Promise<string> {
  const questions = questionsAbout(restricted);
  const outcomes: string[][] = [];
  for (const question of questions) {
    outcomes.push(
      await Promise.all(callers.map((caller) => sighted(service, question, restricted.caseId, caller))),
    );
  }
  const doors = questions.map(({ method, name }) => ({ method, path: name }));
  return tableOf(doors, callers, outcomes);
}

describe('a route that was added', () => {
  @Controller('/v1/added')
  class Added {
    @Get()
    @Allow('reporter')
    @NotLogged()
    read(): string {
      return 'everything';
    }
  }

  it('is in the table, which then is another than the one that was reviewed', async () => {
    const running = await startWithRoutes(Added);
    try {
      expect(doorsOf(running)).toContainEqual({ method: 'GET', path: '/v1/added' });
      expect(readFileSync(TABLE, 'utf8')).not.toContain('/v1/added');
    } finally {
      await running.close();
    }
  });
});

async function whileAway(caller: Caller, knockAll: () => Promise<void>): Promise<void> {
  await issuer.goAway();
  // It is not asked again within a second of its last answer.
  const someDoor = { method: 'GET', path: '/v1/keys' };
  await eventually(async () => (await knock(service, someDoor, caller)).startsWith('503'));
  await knockAll();
}
