import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Desk } from '../support/desk.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { rewritten, type Logged } from '../support/eventstoredb-double/rewritten.js';
import { aDeskWith, at, MIGRATE, storeOn } from '../support/migrating-desk.js';
import { everything } from '../support/store-events.js';

describe('a copy that is not one', () => {
  let desk: Desk;
  let whole: EventStoreDouble;
  let other: EventStoreDouble | undefined;
  beforeAll(async () => {
    ({ desk } = await aDeskWith(60, 6));
    whole = await EventStoreDouble.start();
    expect(await at(desk, { EVENTSTORE_URL: whole.connectionString })(...MIGRATE)).toMatchObject({ code: 0 });
  });
  afterEach(async () => {
    await other?.stop();
    other = undefined;
  });
  afterAll(async () => {
    await whole.stop();
    await desk.clear();
  });

  const changeOf =
    (place: number, change: (event: Logged) => Partial<Logged>) =>
    (events: Logged[]): Logged[] =>
      events.map((event, n) => (n === place ? { ...event, ...change(event) } : event));

  /** Two that follow each other in different streams change places. */
  const swapped = (events: Logged[]): Logged[] => {
    const place = events.findIndex(({ stream }, n) => n > 20 && events[n + 1]?.stream !== stream);
    const [one, next] = events.splice(place, 2);
    events.splice(place, 0, next!, one!);
    return events;
  };

  const foreign = (): Logged => ({
    stream: 'orders-1',
    id: randomUUID(),
    type: 'Ordered',
    data: '{}',
    metadata: '',
  });
  const secondByte = (text: string): string => `${text[0]} ${text.slice(1)}`;

  const SPOILT: [what: string, change: (events: Logged[]) => Logged[], told: RegExp[]][] = [
    [
      'a payload was changed by a byte',
      changeOf(30, ({ data }) => ({ data: secondByte(data) })),
      [/at event 31:/, /not the same: payload$/m],
    ],
    [
      'metadata was changed by a byte',
      changeOf(31, ({ metadata }) => ({ metadata: metadata.replace('recordedBy', 'recordedBi') })),
      [/at event 32:/, /not the same: metadata$/m],
    ],
    [
      'metadata is no longer what the service wrote',
      changeOf(31, () => ({ metadata: '{"by":"somebody"}' })),
      [/at event 32:/, /not the same: metadata$/m],
    ],
    [
      'a type was changed',
      changeOf(32, () => ({ type: 'Released' })),
      [/at event 33:/, /not the same: type$/m],
    ],
    [
      'an id was changed',
      changeOf(33, () => ({ id: randomUUID() })),
      [/at event 34:/, /not the same: event id$/m],
    ],
    ['two events of different streams have changed places', swapped, [/not the same: stream, /]],
    ['an event is missing in the middle', (events) => events.toSpliced(30, 1), [/at event 31:/, /59 events/]],
    ['the tail is missing', (events) => events.slice(0, -2), [/at event 59:/, /has no more events/]],
    [
      'there is an event too many at the end',
      (events) => [...events, foreign()],
      [/at event 61:/, /embedded store {2}has no more events/, /orders-1, revision 0: Ordered/],
    ],
    ['there is a foreign event before all others', (events) => [foreign(), ...events], [/at event 1:/]],
    ['there is a foreign event in between', (events) => events.toSpliced(10, 0, foreign()), [/at event 11:/]],
  ];

  it.each(SPOILT)('is seen where %s', async (_, change, told) => {
    other = await EventStoreDouble.start({ data: rewritten(whole.data, change) });
    const run = at(desk, { EVENTSTORE_URL: other.connectionString });
    const verified = await run(...MIGRATE, '--verify-only');
    expect(verified).toMatchObject({ code: 1, out: '' });
    for (const line of told) expect(verified.said).toMatch(line);
    const digests = [...verified.said.matchAll(/SHA-256 ([0-9a-f]{64})/g)].map(([, digest]) => digest);
    expect(new Set(digests).size).toBe(2);
    // What is recorded about people stays where it is.
    expect(verified.said).not.toMatch(/Казлоў|recordedBy/);
  });

  it.each(SPOILT.filter(([what]) => what !== 'the tail is missing'))(
    'is not gone on with where %s',
    async (_, change) => {
      other = await EventStoreDouble.start({
        data: rewritten(whole.data, (events) => change(events.slice(0, 40))),
      });
      const refused = await at(desk, { EVENTSTORE_URL: other.connectionString })(...MIGRATE);
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.said).toMatch(/Nothing was written: [^]*The first difference is at event \d+:/);
      expect(other.traffic.appends).toBe(0);
    },
  );

  it('is made whole where only the tail was missing', async () => {
    other = await EventStoreDouble.start({ data: rewritten(whole.data, (events) => events.slice(0, 20)) });
    const completed = await at(desk, { EVENTSTORE_URL: other.connectionString })(...MIGRATE);
    expect(completed).toMatchObject({ code: 0 });
    expect(completed.said).toContain('40 of 60 events copied; 20 had been there.');
    const store = storeOn(other);
    expect((await everything(store)).map(({ eventId }) => eventId)).toEqual(
      whole.data.events.map(({ id }) => id),
    );
    await store.close();
  });
});
