import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Caseworker } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { DoubleProcess } from '../support/eventstoredb-double/double-process.js';
import { Installation, type ChildService } from '../support/installation.js';
import { freshPostgres, type FreshPostgres } from '../support/postgres.js';
import { seededRandom } from '../support/random.js';
import { faultsIn } from './support/checker/checker.js';
import { endingsOf, historiesIn } from './support/endings.js';
import { answersIn, settledIn } from './support/figures.js';
import { Fleet } from './support/fleet.js';
import { Journal } from './support/journal.js';
import { oneOf } from './support/members.js';
import { work } from './support/work.js';

/**
 * The full scale, of 20,000 operations, takes about as long as all other tests together:
 * `HABEAS_TEST_OPERATIONS=20000 npm test -- test/cluster/hot-cases.spec.ts`.
 */
const OPERATIONS = Number(process.env['HABEAS_TEST_OPERATIONS'] ?? 4_000);
const SEED = 3;
const PROCESSES = 8;
const CALLERS_EACH = 16;
const CASES = 50;
/** On average. */
const OPERATIONS_A_KILL = 600;
const MOST_FAULTS_SHOWN = 20;
const LONG = 1_800_000;

let installation: Installation;
let double: DoubleProcess;
let postgres: FreshPostgres;
let fleet: Fleet;

const settingsOf = (name: string, roles: string) => ({
  HABEAS_DATA: join(installation.folder, name),
  HABEAS_ROLES: roles,
  HABEAS_LOG_LEVEL: 'warn',
  EVENTSTORE_URL: double.connectionString,
  DATABASE_URL: postgres.url,
});

const start = (name: string, roles: string): Promise<ChildService> =>
  installation.start(settingsOf(name, roles));

const aMember = () => oneOf(fleet.members, () => 0).service;

beforeAll(async () => {
  installation = await Installation.make();
  [double, postgres] = await Promise.all([DoubleProcess.start(), freshPostgres()]);
  await start('projector', 'projector');
  await installation.compile(settingsOf('api-0', 'api'));
  const names = Array.from({ length: PROCESSES }, (_, n) => `api-${n + 1}`);
  fleet = await Fleet.of(names, (name) => start(name, 'api'));
  await eventually(async () => (await aMember().request('GET', '/health/ready')).status === 200, 60_000);
}, LONG);

afterAll(async () => {
  await fleet?.allThere().catch(() => undefined);
  await installation?.remove();
  await double?.stop();
  await postgres?.drop();
}, LONG);

/** To be called after each operation. */
function killNowAndThen(random: () => number): () => void {
  const draw = (): number => Math.ceil(2 * OPERATIONS_A_KILL * random());
  let left = draw();
  return () => {
    left -= 1;
    if (left <= 0 && fleet.killOne(random)) left = draw();
  };
}

/** What the store itself holds, by stream, past the service. */
async function stored(): Promise<ReadonlyMap<string, { id: string }[]>> {
  return Map.groupBy((await double.report()).events, ({ stream }) => stream);
}

it(
  `${PROCESSES} API processes with ${CALLERS_EACH} callers each, ${OPERATIONS} operations on ${CASES} cases, with kills (seed ${SEED}): one register`,
  async () => {
    const began = performance.now();
    const journal = new Journal();
    const { cases, callers } = await work({
      members: fleet.members,
      callersEach: CALLERS_EACH,
      cases: CASES,
      operations: OPERATIONS,
      seed: SEED,
      journal,
      onDone: killNowAndThen(seededRandom(SEED)),
    });
    const seconds = Math.round((performance.now() - began) / 1_000);
    const answers = answersIn(journal.entries);
    process.stdout.write(
      `${OPERATIONS} operations in ${seconds} s, ${fleet.kills} kills: ${JSON.stringify(answers)}\n`,
    );
    // Besides the operations each case was opened and looked at.
    expect(settledIn(journal.entries)).toBe(OPERATIONS + 2 * CASES);
    await fleet.allThere();

    const endings = await endingsOf(await Caseworker.of(aMember()), cases);
    for (const [n, caseId] of cases.entries()) {
      const elsewhere = callers[(n * CALLERS_EACH) % callers.length];
      await elsewhere?.read(caseId);
      await elsewhere?.look(caseId, endings.get(caseId)?.last);
    }
    expect(faultsIn(journal.entries, historiesIn(endings)).slice(0, MOST_FAULTS_SHOWN)).toEqual([]);
    expect(fleet.errorsLogged).toEqual([]);

    const streams = await stored();
    for (const [caseId, { events }] of endings) {
      const ids = streams.get(`case-${caseId}`)?.map(({ id }) => id);
      expect(ids).toEqual(events.map(({ eventId }) => eventId));
    }
    // It was what it says: all kinds of operations, and commands whose process was killed beneath them.
    expect(answers).toMatchObject({
      'command 201': expect.any(Number),
      'command repeated 201': expect.any(Number),
      'command unanswered': expect.any(Number),
      'conditional command 201': expect.any(Number),
      'conditional command 412 stale-revision': expect.any(Number),
      'history 200': expect.any(Number),
      'case 200': expect.any(Number),
    });
  },
  LONG,
);
