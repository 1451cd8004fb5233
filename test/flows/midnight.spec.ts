import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { Caseworker, since } from '../support/caseworker.js';
import { MinskClock } from '../support/minsk-clock.js';
import { startService, type Service } from '../support/service.js';
import { lastFact } from '../support/store-events.js';

const NINTH_LAST_SECOND = '2020-01-09T20:59:59.999Z';
const TENTH_FIRST_SECOND = '2020-01-09T21:00:00.000Z';
const TENTH_IN_LONDON_TOO = '2020-01-10T00:00:00.000Z';

interface Case {
  asOf: string;
  custody: {
    status: string;
    since: string | null;
    unconfirmed: boolean;
    expectedRelease: unknown;
    daysOverdue: object;
  };
  totals: Record<string, { min: number; max: number }>;
  findings: { code: string }[];
}

const exactly = (days: number) => ({ min: days, max: days });
const on = (day: string) => ({ earliest: day, latest: day });

let service: Service;
let caseworker: Caseworker;
const clock = new MinskClock('2020-01-08T09:00:00.000Z');
/** Their cases. */
const people = { ending: '', longer: '', toBeHeard: '' };
let position = '';

beforeAll(async () => {
  service = await startService({ clock });
  caseworker = await Caseworker.of(service);
  const held = async (name: string, from: string, ...sentences: number[]): Promise<string> => {
    const caseId = await caseworker.open(name);
    await caseworker.record(`/${caseId}/arrests`, { at: from });
    for (const days of sentences) await caseworker.record(`/${caseId}/sentences`, { at: from, days });
    return caseId;
  };
  people.ending = await held('Out on the 9th', '2019-12-25', 15);
  people.longer = await held('Out on the 24th', '2020-01-04', 5, 15);
  people.toBeHeard = await caseworker.open('To be heard');
  const charged = await caseworker.record(`/${people.toBeHeard}/charges`, { at: '2020-01-07' });
  for (const at of ['2020-01-09', '2020-01-10']) {
    const hearing = { at, proceedingId: charged.ids['proceedingId'] };
    ({ position } = await caseworker.record(`/${people.toBeHeard}/hearings`, hearing));
  }
});

afterAll(() => service.close());

const get = async (caseId: string): Promise<Case> =>
  (await caseworker.get<Case>(`/v1/cases/${caseId}?${since(position)}`)).body;

const listed = async (filter: string): Promise<string[]> => {
  const { body } = await caseworker.get<{ items: { caseId: string }[] }>(
    `/v1/cases?${filter}&${since(position)}`,
  );
  return body.items.map(({ caseId }) => caseId);
};

const coming = async <T>(what: string): Promise<T[]> =>
  (await caseworker.get<{ items: T[] }>(`/v1/${what}?${since(position)}`)).body.items;

const hearings = async (): Promise<unknown[]> =>
  (await coming<{ planned: { earliest: string } }>('hearings')).map(({ planned }) => planned.earliest);

const releases = async (): Promise<string[]> =>
  (await coming<{ caseId: string }>('releases/expected')).map(({ caseId }) => caseId);

describe('one second before midnight in Minsk', () => {
  it('it is still the 9th in every answer', async () => {
    clock.set(NINTH_LAST_SECOND);
    expect(await get(people.ending)).toMatchObject({
      asOf: '2020-01-09',
      custody: { status: 'in_custody_serving', unconfirmed: false, expectedRelease: on('2020-01-09') },
      totals: { daysInCustody: exactly(15), daysServed: exactly(15), daysOutstanding: exactly(0) },
    });
    expect(await get(people.longer)).toMatchObject({
      custody: { status: 'in_custody_serving', expectedRelease: on('2020-01-24') },
      totals: { daysInCustody: exactly(5), daysServed: exactly(5), daysOutstanding: exactly(15) },
    });
    expect(await listed('status=in_custody_serving')).toEqual([people.longer, people.ending]);
    expect(await listed('status=in_custody_overdue')).toEqual([]);
    expect(await listed('finding=consecutive_sentences')).toEqual([]);
    expect(await hearings()).toEqual(['2020-01-09', '2020-01-10']);
    expect(await releases()).toEqual([people.ending, people.longer]);
  });
});

describe('at midnight in Minsk, with nothing recorded and no restart,', () => {
  let before: string | undefined;

  beforeAll(async () => {
    before = await lastFact(service.app.get(EventStore));
    clock.set(TENTH_FIRST_SECOND);
  });

  it('who was to be let out the day before is overdue, and no day more is counted than is known', async () => {
    const { custody, totals, asOf } = await get(people.ending);
    expect({ asOf, custody, totals }).toMatchObject({
      asOf: '2020-01-10',
      custody: {
        status: 'in_custody_overdue',
        since: '2020-01-10',
        unconfirmed: true,
        expectedRelease: on('2020-01-09'),
        daysOverdue: { min: 0, max: 1 },
      },
      totals: { daysInCustody: { min: 15, max: 16 }, daysServed: exactly(15) },
    });
  });

  it('a day more is served and a day less outstanding', async () => {
    expect(await get(people.longer)).toMatchObject({
      asOf: '2020-01-10',
      custody: { status: 'in_custody_serving', expectedRelease: on('2020-01-24') },
      totals: { daysInCustody: exactly(6), daysServed: exactly(6), daysOutstanding: exactly(14) },
    });
  });

  it('the second of two sentences is found to follow on the first, as it begins to be served', async () => {
    expect(await listed('finding=consecutive_sentences')).toEqual([people.longer]);
    expect((await get(people.longer)).findings).toContainEqual(
      expect.objectContaining({ code: 'consecutive_sentences', value: 2 }),
    );
  });

  it('the lists follow', async () => {
    expect(await listed('status=in_custody_serving')).toEqual([people.longer]);
    expect(await listed('status=in_custody_overdue')).toEqual([people.ending]);
    const all = await caseworker.get<{ items: Case[] }>('/v1/cases');
    expect(new Set(all.body.items.map(({ asOf }) => asOf))).toEqual(new Set(['2020-01-10']));
  });

  it('what is coming begins a day later', async () => {
    expect(await hearings()).toEqual(['2020-01-10']);
    expect(await releases()).toEqual([people.longer]);
  });

  it('the day before is answered as it was', async () => {
    const { body } = await caseworker.get<Case>(`/v1/cases/${people.ending}?asOf=2020-01-09`);
    expect(body.custody.status).toBe('in_custody_serving');
    expect(await listed('status=in_custody_serving&asOf=2020-01-09')).toEqual([people.longer, people.ending]);
  });

  it('nothing was written for it', async () => {
    expect(await lastFact(service.app.get(EventStore))).toBe(before);
  });
});

describe('midnight elsewhere', () => {
  it('changes nothing', async () => {
    clock.set(TENTH_IN_LONDON_TOO);
    expect((await get(people.longer)).asOf).toBe('2020-01-10');
    expect(await hearings()).toEqual(['2020-01-10']);
  });
});

describe('a service whose today is fixed', () => {
  it('answers as of that day, whatever the day is', async () => {
    const fixed = await startService({ env: { HABEAS_TODAY: '2020-01-27' } });
    const someone = await Caseworker.of(fixed);
    const { caseId, position: last } = await someone.openServing();
    const { body } = await someone.get<Case>(`/v1/cases/${caseId}?${since(last)}`);
    expect(body.asOf).toBe('2020-01-27');
    await fixed.close();
  });
});
