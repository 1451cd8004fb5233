import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { ACCESS_PLACES, type AccessPlace } from '../../../test/support/access-places.js';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import type { Config } from '../../config.js';
import { createLog } from '../../log.js';
import type { BrakeTables } from './brake-tables.js';
import { ExfiltrationBrake } from './exfiltration-brake.js';

const A_DAY = 5;
const TOO_MANY = { kind: 'too_many', code: 'too-many-cases' };

describe.each(ACCESS_PLACES)('the brake on how many cases a day shows, on %s', (_, fresh) => {
  let place: AccessPlace;
  let clock: FixedClock;
  let database: Awaited<ReturnType<AccessPlace['open']>>['database'];

  const brake = async (casesPerDay = A_DAY): Promise<ExfiltrationBrake> => {
    ({ database } = await place.open());
    const log = createLog({ logLevel: 'silent' });
    const one = new ExfiltrationBrake({ casesPerDay } as Config, database, clock, log, new Registry());
    await one.onModuleInit();
    return one;
  };
  const counted = () =>
    database.tables.withTables<BrakeTables>().selectFrom('shownCase').selectAll().execute();

  beforeEach(async () => {
    place = await fresh();
    clock = new FixedClock('2026-11-22T08:00:00.000Z');
  });
  afterEach(() => place.remove());

  it('lets pass what the day holds, counting each case once', async () => {
    const one = await brake();
    await one.pass('p1', ['a', 'b', 'b'], 'c');
    await one.pass('p1', ['a', 'c', 'd', 'e'], 'c');
    await expect(one.pass('p1', ['f'], 'c')).rejects.toMatchObject(TOO_MANY);
    await one.pass('p1', ['e', 'a'], 'c');
    expect((await counted()).map(({ caseId }) => caseId).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('counts nothing of an answer that it stops', async () => {
    const one = await brake();
    await one.pass('p1', ['a', 'b', 'c'], 'c');
    await expect(one.pass('p1', ['c', 'd', 'e', 'f'], 'c')).rejects.toMatchObject(TOO_MANY);
    expect(await counted()).toHaveLength(3);
    await one.pass('p1', ['d', 'e'], 'c');
  });

  it('counts for each principal and each day, and forgets days long past', async () => {
    const one = await brake(1);
    await one.pass('p1', ['a'], 'c');
    await one.pass('p2', ['b'], 'c');
    for (const day of ['2026-11-23', '2026-11-24']) {
      clock.set(`${day}T08:00:00.000Z`);
      await one.pass('p1', ['b'], 'c');
      await expect(one.pass('p1', ['a'], 'c')).rejects.toMatchObject(TOO_MANY);
    }
    expect(new Set((await counted()).map(({ day }) => day))).toEqual(new Set(['2026-11-23', '2026-11-24']));
  });

  it('is the same for all processes', async () => {
    const processes = [await brake(), await brake()];
    const outcomes = [];
    for (const [i, caseId] of ['a', 'b', 'c', 'd', 'e', 'f', 'g'].entries())
      outcomes.push(...(await Promise.allSettled([processes[i % 2]!.pass('p1', [caseId], 'c')])));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(A_DAY);
    await processes[1]!.pass('p1', ['a'], 'c');
  });

  it('holds for answers at the same moment', async () => {
    const one = await brake();
    // Two connections of one thread to one file would wait for each other: those are two processes on PostgreSQL only.
    const other = place.config.databaseUrl === undefined ? one : await brake();
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((caseId, i) =>
        (i % 2 === 0 ? one : other).pass('p1', [caseId], 'c'),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(A_DAY);
    expect(await counted()).toHaveLength(A_DAY);
  });

  it('takes long lists', async () => {
    const one = await brake(2_000);
    const many = Array.from({ length: 1_000 }, (_, i) => `case ${i}`);
    await Promise.all([one.pass('p1', many, 'c'), one.pass('p2', many, 'c')]);
    expect(await counted()).toHaveLength(2_000);
  });

  it('may be taken off', async () => {
    const one = await brake(0);
    await one.pass('p1', ['a', 'b'], 'c');
    expect(await counted()).toEqual([]);
  });
});
