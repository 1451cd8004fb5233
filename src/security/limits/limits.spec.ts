import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CompiledQuery } from 'kysely';
import {
  ACCESS_PLACES,
  freshAccessFile,
  freshAccessSchema,
  type AccessPlace,
} from '../../../test/support/access-places.js';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { SystemClock } from '../../clock.js';
import type { Config } from '../../config.js';
import { ServiceEnd } from '../../http/service-end.js';
import { FailedCredentials } from './failed-credentials.js';
import { RequestRate } from './request-rate.js';

let place: AccessPlace;
afterEach(() => place.remove());

const rateOf = async (requestsPerMinute: number): Promise<RequestRate> =>
  new RequestRate({ requestsPerMinute } as Config, (await place.open()).database);

/** How many of so many requests are taken. */
async function taken(rate: RequestRate, requests: number, principalId = 'p'): Promise<number> {
  const outcomes = await Promise.allSettled(Array.from({ length: requests }, () => rate.spend(principalId)));
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

/** The door's memory of failures, with a clock that notes what it was asked to wait for. */
async function failing(): Promise<{ failures: FailedCredentials; clock: FixedClock }> {
  const { database, digest } = await place.open();
  const clock = new FixedClock();
  return { failures: new FailedCredentials(database, digest, clock, new ServiceEnd()), clock };
}

describe.each(ACCESS_PLACES)('limits on %s', (_, fresh) => {
  beforeEach(async () => {
    place = await fresh();
  });

  it('let a principal ask so often in a minute, and the others as often', async () => {
    const rate = await rateOf(20);
    expect(await taken(rate, 30)).toBe(20);
    await expect(rate.spend('p')).rejects.toMatchObject({ kind: 'too_many', code: 'rate-limited' });
    expect(await taken(rate, 5, 'q')).toBe(5);
  });

  it('say when the next request is taken', async () => {
    const rate = await rateOf(1);
    await rate.spend('p');
    const refused: unknown = await rate.spend('p').catch((error: unknown) => error);
    const { retryAfterSeconds } = (refused as { details: { retryAfterSeconds: number } }).details;
    expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  it('of none let everything through', async () => {
    expect(await taken(await rateOf(0), 100)).toBe(100);
  });

  it('hold the refusal of a bad credential back for longer with every failure, up to five seconds', async () => {
    const { failures, clock } = await failing();
    for (let failure = 1; failure <= 12; failure += 1) await failures.hold('192.0.2.1', 'k1');
    expect(clock.waits).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
    // From elsewhere, another key: nothing has happened there.
    await failures.hold('192.0.2.2', 'k2');
    await failures.hold('192.0.2.3', undefined);
    expect(clock.waits).toHaveLength(9);
  });

  it('follow a key that is tried from everywhere, and a network that tries every key', async () => {
    const { failures, clock } = await failing();
    for (let host = 1; host <= 4; host += 1) await failures.hold(`192.0.2.${host}`, 'k1');
    expect(clock.waits).toEqual([100]);
    for (let host = 1; host <= 4; host += 1) await failures.hold(`2001:db8::${host}`, undefined);
    expect(clock.waits).toEqual([100, 100]);
  });
});

describe('on PostgreSQL', () => {
  beforeEach(async () => {
    place = await freshAccessSchema();
  });

  it('several processes count together', async () => {
    const processes = await Promise.all([rateOf(50), rateOf(50), rateOf(50)]);
    const counts = await Promise.all(processes.map((rate) => taken(rate, 40)));
    expect(counts.reduce((sum, count) => sum + count)).toBe(50);
    const [one, other] = [await failing(), await failing()];
    for (const { failures } of [one, one, other, other]) await failures.hold('192.0.2.1', 'k1');
    expect(other.clock.waits).toEqual([100]);
  });

  it('keep no address and no key id', async () => {
    const { database } = await place.open();
    await (await failing()).failures.hold('192.0.2.1', 'k1k1');
    const { rows } = await database.tables.executeQuery<{ key: string }>(
      CompiledQuery.raw('select key from counter'),
    );
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/192\.0|k1k1/);
  });

  it('a database that is away locks nobody out: each process counts for itself', async () => {
    const { database, digest } = await place.open();
    const rate = new RequestRate({ requestsPerMinute: 20 } as Config, database);
    await database.tables.schema.dropTable('counter').execute();
    expect(await taken(rate, 30)).toBe(20);
    const clock = new FixedClock();
    const failures = new FailedCredentials(database, digest, clock, new ServiceEnd());
    for (let failure = 1; failure <= 4; failure += 1) await failures.hold('192.0.2.1', undefined);
    expect(clock.waits).toEqual([100]);
  });
});

describe('on files', () => {
  beforeEach(async () => {
    place = await freshAccessFile();
  });

  it('counting costs no more than microseconds', async () => {
    const rate = await rateOf(1_000_000);
    const began = performance.now();
    for (let request = 0; request < 10_000; request += 1) await rate.spend('p');
    // Generous: it is about two microseconds each.
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('whoever is held back is let go when the service ends', async () => {
    const { database, digest } = await place.open();
    const end = new ServiceEnd();
    const failures = new FailedCredentials(database, digest, new SystemClock('Europe/Minsk'), end);
    const held = Promise.all(Array.from({ length: 20 }, () => failures.hold('192.0.2.1', undefined)));
    end.announce();
    // Without the end the last of them would be kept for five seconds: the test would be slow, and still right.
    await held;
  });
});
