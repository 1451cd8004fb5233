import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker } from '../support/caseworker.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { eventually } from '../support/eventually.js';
import { freshPostgres, type FreshPostgres } from '../support/postgres.js';
import { startService, type Service } from '../support/service.js';
import { BrokenLog, type Breakage } from './support/broken-log.js';
import { faultsIn } from './support/checker/checker.js';
import { endingsOf, historiesIn } from './support/endings.js';
import { Journal } from './support/journal.js';
import { work } from './support/work.js';

const LONG = 120_000;
const LOST = /was acknowledged at revision \d+ and is not there/;

/** The very work of the hot cases, with fewer hands, on a server that breaks its promises. */
describe('the examination of hot cases', () => {
  const log = new BrokenLog();
  let folder: string;
  let double: EventStoreDouble;
  let postgres: FreshPostgres;
  let services: Service[];

  const start = (name: string, roles: string): Promise<Service> =>
    startService({
      folder: join(folder, name),
      env: {
        HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
        HABEAS_ROLES: roles,
        HABEAS_LOG_LEVEL: 'error',
        EVENTSTORE_URL: double.connectionString,
        DATABASE_URL: postgres.url,
      },
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'habeas-broken-'));
    [double, postgres] = await Promise.all([EventStoreDouble.start({ data: log }), freshPostgres()]);
    services = [await start('one', 'api,projector'), await start('other', 'api')];
    await eventually(async () => (await services[1]?.request('GET', '/health/ready'))?.status === 200);
  }, LONG);

  afterAll(async () => {
    await Promise.all((services ?? []).map((service) => service.close()));
    await double.stop();
    await postgres.drop();
    await rm(folder, { recursive: true, force: true });
  }, LONG);

  /** The work, with the server behaving like this meanwhile; gives what is found then, or after something has become of a case. */
  async function examined(
    breakage?: Breakage,
  ): Promise<(spoil?: (caseId: string) => void) => Promise<string>> {
    const journal = new Journal();
    log.breakage = breakage;
    const members = services.map((service, n) => ({ name: `api-${n + 1}`, service }));
    const { cases } = await work({ members, callersEach: 8, cases: 3, operations: 240, seed: 5, journal });
    log.breakage = undefined;
    return async (spoil) => {
      spoil?.(cases[0] ?? '');
      // Who asks for names finds out by himself: what was sealed elsewhere does not open.
      const [service] = services as [Service];
      const auditor = Caseworker.with(service, await service.keyFor('auditor'));
      const endings = await endingsOf(auditor, cases);
      return faultsIn(journal.entries, historiesIn(endings)).join('\n');
    };
  }

  it(
    'finds nothing wrong with a server that keeps its promises, until it forgets the last thing it has acknowledged',
    async () => {
      const found = await examined();
      expect(await found()).toBe('');
      const forgets = (caseId: string): void => void log.stream(`case-${caseId}`)?.records.pop();
      expect(await found(forgets)).toMatch(LOST);
    },
    LONG,
  );

  it.each<[Breakage, RegExp[]]>([
    ['writes over what it has acknowledged', [LOST, /revision \d+ was given to \S+ and \S+/]],
    ['ignores the expected revision', [/was answered 503 sealed-data-damaged to a history/]],
    ['writes an event twice', [/the event \S+ stands twice/]],
    ['changes the order of events', [/revision \d+ stands in the place of \d+/]],
    [
      'answers from an older state',
      [/a history that \S+ read follows \d+ events, though .+ had told of \d+/],
    ],
  ])(
    'finds out one that %s',
    async (breakage, faults) => {
      const found = await (await examined(breakage))();
      for (const fault of faults) expect(found).toMatch(fault);
    },
    LONG,
  );
});
