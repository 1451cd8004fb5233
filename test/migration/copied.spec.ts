import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseHistories, type CaseHistory } from '../../src/cases/case-history.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { withoutPositions } from '../support/copies.js';
import type { Desk } from '../support/desk.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { aDeskWith, at, embeddedIn, MIGRATE, storeOn } from '../support/migrating-desk.js';
import { readerOn } from '../support/ledgers.js';
import { newEvent } from '../support/store-events.js';

describe('a store of 2,000 events in 100 cases', () => {
  let desk: Desk;
  let caseIds: string[];
  let double: EventStoreDouble;
  let printed: Awaited<ReturnType<Desk['run']>>;
  beforeAll(async () => {
    ({ desk, caseIds } = await aDeskWith(2_000, 100));
    double = await EventStoreDouble.start();
    printed = await at(desk, { EVENTSTORE_URL: double.connectionString })(...MIGRATE);
  });
  afterAll(async () => {
    await double.stop();
    await desk.clear();
  });

  it('is in EventStoreDB afterwards, event for event, in the same order', async () => {
    expect(printed).toMatchObject({ code: 0 });
    const [source, target] = [embeddedIn(desk), storeOn(double)];
    const events = await withoutPositions(source);
    expect(events).toHaveLength(2_000);
    expect(new Set(events.map(({ stream }) => stream)).size).toBe(100);
    expect(await withoutPositions(target)).toEqual(events);
    await Promise.all([source.close(), target.close()]);
  });

  it('tells the same of every case from there, merged ones too', async () => {
    const [source, target] = [embeddedIn(desk), storeOn(double)];
    const told = async (store: EventStore): Promise<unknown[]> => {
      const histories = new CaseHistories(readerOn(store));
      const loaded = await Promise.all(caseIds.map((caseId) => histories.load(caseId)));
      return loaded.map((history) => history && withoutPlaces(history));
    };
    const histories = await told(target);
    expect(histories).toEqual(await told(source));
    expect(histories).toContainEqual(expect.objectContaining({ mergedFrom: [expect.any(String)] }));
    await Promise.all([source.close(), target.close()]);
  });

  it('was copied with as few appends as its order allows', () => {
    expect(double.traffic.appends).toBeLessThan(2_000);
  });

  it('gives figures to write down, and says what has to be done next', () => {
    expect(printed.out).toContain('Both stores hold the same 2,000 events');
    const [one, other] = [...printed.out.matchAll(/2,000 events, SHA-256 ([0-9a-f]{64})$/gm)];
    expect(one?.[1]).toBe(other?.[1]);
    expect(printed.out).toContain(`stay in access.db in ${desk.dataDir}`);
    expect(printed.said).toContain('2,000 of 2,000 events copied.');
  });

  it('is found to be the same at any time, and copied no second time', async () => {
    const run = at(desk, { EVENTSTORE_URL: double.connectionString });
    const { appends } = double.traffic;
    const verified = await run(...MIGRATE, '--verify-only');
    expect(verified).toMatchObject({ code: 0 });
    expect(printed.out).toContain(verified.out);
    expect((await run(...MIGRATE)).said).toContain('0 of 2,000 events copied; 2,000 had been there.');
    expect(double.traffic.appends).toBe(appends);
  });

  it('says that keys do not come along to PostgreSQL', async () => {
    const urls = { EVENTSTORE_URL: double.connectionString, DATABASE_URL: 'postgres://habeas@127.0.0.1:1/h' };
    const told = await at(desk, urls)(...MIGRATE);
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/made anew in PostgreSQL[^]*access\.db are not taken along: make new ones/);
    expect(told.out).not.toContain('stay in access.db');
  });

  it('is told apart from what others have recorded in it since', async () => {
    const store = embeddedIn(desk, 'write');
    const [first] = caseIds;
    const { length } = await store.read(`case-${first}`);
    await store.append(`case-${first}`, [newEvent({ payload: '{"text":"late"}' })], length - 1);
    await store.close();
    const run = at(desk, { EVENTSTORE_URL: double.connectionString });
    const verified = await run(...MIGRATE, '--verify-only');
    expect(verified).toMatchObject({ code: 1, out: '' });
    expect(verified.said).toContain('The first difference is at event 2,001:');
    expect(verified.said).toContain('EventStoreDB    has no more events');
    expect(await run(...MIGRATE)).toMatchObject({ code: 0 });
  });
});

/** What stands in a history besides the positions, which are each store's own. */
function withoutPlaces({ position: _, seen, events, ...history }: CaseHistory): object {
  return {
    ...history,
    seen: seen.recordedAt,
    events: events.map(({ position: _, ...event }) => event),
  };
}
