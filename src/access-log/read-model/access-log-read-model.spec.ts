import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES, type FreshDatabase } from '../../../test/support/databases.js';
import { eventually } from '../../../test/support/eventually.js';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import { ledgerOn, readerOn } from '../../../test/support/ledgers.js';
import { migrate } from '../../database/migrate.js';
import { Instance } from '../../http/health/instance.js';
import { Generations } from '../../projections/generations.js';
import { Projector } from '../../projections/projector.js';
import { PROJECTION_MIGRATIONS, type ProjectionTables } from '../../projections/tables.js';
import type { AccessEntry } from '../access-entry.js';
import { AccessLog } from '../writing/access-log.js';
import { AccessEntries } from './access-entries.js';
import { ACCESS_LOG, AccessLogReadModel } from './access-log-read-model.js';
import type { EntryTables } from './entry-tables.js';

const READ = { correlationId: 'c', route: 'GET /v1/cases/:caseId', type: 'CaseRead', fields: 'all' } as const;

describe.each(DATABASES)('the access log as it is asked for, on %s', (_, fresh) => {
  let place: FreshDatabase;
  let clock: FixedClock;
  let store: InMemoryEventStore;
  let log: AccessLog;
  let entries: AccessEntries;
  let projector: Projector;
  let generations: Generations;

  beforeEach(async () => {
    place = await fresh();
    clock = new FixedClock('2026-11-22T08:00:00.000Z');
    store = new InMemoryEventStore();
    log = new AccessLog(ledgerOn(store), clock, new Instance());
    const database = place.open<ProjectionTables>({ durability: 'derived' });
    await migrate(database, 'projections', PROJECTION_MIGRATIONS);
    generations = new Generations(database, clock);
    entries = new AccessEntries(database.withTables<EntryTables>());
    const models = [new AccessLogReadModel(readerOn(store))];
    projector = new Projector({ database, store, clock, models, lookEveryMs: 5 });
    await projector.start();
  });
  afterEach(async () => {
    await projector.stop();
    await place.remove();
  });

  const write = (principalId: string, ...caseIds: string[]): Promise<void> => {
    clock.forward(1);
    return log.write({ ...READ, principalId, caseIds });
  };
  const shown = (count: number) =>
    eventually(async () => expect(await entries.page({}, undefined, 1_000)).toHaveLength(count));
  const who = async (criteria: Parameters<AccessEntries['page']>[0]) =>
    (await entries.page(criteria, undefined, 100)).map(({ principal_id }) => principal_id);

  it('has every entry once, the latest first, by case, principal and time', async () => {
    await write('p1', 'a');
    await write('p2', 'a', 'b');
    await shown(2);
    await write('p3');
    await shown(3);
    expect(await who({})).toEqual(['p3', 'p2', 'p1']);
    expect(await who({ caseId: 'a' })).toEqual(['p2', 'p1']);
    expect(await who({ caseId: 'b', principalId: 'p1' })).toEqual([]);
    expect(await who({ principalId: 'p2' })).toEqual(['p2']);
    expect(await who({ from: '2026-11-22T08:00:02.000Z', to: '2026-11-22T08:00:03.000Z' })).toEqual(['p2']);
  });

  it('keeps refusals with their code', async () => {
    const refusal: AccessEntry = {
      type: 'AccessRefused',
      status: 404,
      code: 'case-not-found',
      principalId: 'p1',
      correlationId: 'c',
      route: 'GET /v1/cases/:caseId',
      caseIds: ['a'],
      purpose: 'a question',
    };
    await log.write(refusal);
    await shown(1);
    const [row] = await entries.page({ caseId: 'a' }, undefined, 1);
    expect(row).toMatchObject({ status: 404, code: 'case-not-found', fields: null });
    expect(row?.sealed).not.toContain('question');
  });

  it('comes out the same when it is made anew', async () => {
    for (let i = 0; i < 120; i += 1) await write(`p${i % 3}`, `k${i % 7}`);
    await shown(120);
    const before = await entries.page({}, undefined, 1_000);
    await generations.request(ACCESS_LOG);
    projector.nudge();
    await eventually(async () => (await generations.find(ACCESS_LOG, ['live']))?.generation === 2);
    expect(await entries.page({}, undefined, 1_000)).toEqual(before);
    expect(await entries.page({ caseId: 'k1' }, before[50]!.position, 5)).toHaveLength(5);
  });
});
