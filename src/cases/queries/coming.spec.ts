import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES, type FreshDatabase } from '../../../test/support/databases.js';
import { fact, id } from '../../../test/support/derived.js';
import { CASEWORKER, ReadSide } from '../../../test/support/read-side.js';
import { ExpectedReleases, ExpectedReleasesHandler } from './expected-releases.js';
import { UpcomingHearings, UpcomingHearingsHandler } from './upcoming-hearings.js';

let side: ReadSide;

function startsOn(fresh: () => Promise<FreshDatabase>): void {
  beforeEach(async () => {
    side = await ReadSide.start(fresh);
  });
  afterEach(() => side.stop());
}

describe.each(DATABASES)('upcoming hearings, on %s', (_, fresh) => {
  startsOn(fresh);

  const scheduled = (label: string, at: string) =>
    fact('HearingScheduled', { hearingId: id(label), proceedingId: id('q1'), court: 'Central', at });
  const upcoming = async (asked: { from?: string; to?: string } = {}, viewer = CASEWORKER) => {
    await side.caughtUp();
    const handler = new UpcomingHearingsHandler(side.records, side.dockets, side.freshness, side.clock);
    return (await handler.execute(new UpcomingHearings({ ...asked, viewer }))).items;
  };

  it('are those planned from today on, the next first', async () => {
    const { caseId } = await side.open(
      'One',
      scheduled('h1', '2020-03-01'),
      scheduled('h2', '2020-02-07'),
      scheduled('h3', '2020-02-06'),
    );
    const items = await upcoming();
    expect(items.map(({ hearingId }) => hearingId)).toEqual([id('h2'), id('h1')]);
    expect(items[0]).toEqual({
      caseId,
      person: { names: [{ form: 'One' }], roles: ['protester'] },
      hearingId: id('h2'),
      proceedingId: id('q1'),
      planned: { earliest: '2020-02-07', latest: '2020-02-07' },
      court: 'Central',
    });
    expect(await upcoming({ from: '2020-02-08', to: '2020-02-29' })).toEqual([]);
    expect(await upcoming({ from: '2020-02-01', to: '2020-02-06' })).toHaveLength(1);
  });

  it('are planned within a time when their date is one', async () => {
    await side.open('One', scheduled('h1', '2020-02'));
    expect(await upcoming()).toMatchObject([{ planned: { earliest: '2020-02-01', latest: '2020-02-29' } }]);
  });

  it('are no more when they were held, and move when they are put off to a day', async () => {
    const { caseId } = await side.open(
      'One',
      scheduled('h1', '2020-02-10'),
      scheduled('h2', '2020-02-10'),
      scheduled('h3', '2020-02-10'),
    );
    await side.record(
      caseId,
      fact('HearingHeld', { hearingId: id('h1') }),
      fact('HearingAdjourned', { hearingId: id('h2'), to: '2020-04-01' }),
      fact('HearingAdjourned', { hearingId: id('h3') }),
    );
    expect(await upcoming()).toMatchObject([{ hearingId: id('h2'), planned: { earliest: '2020-04-01' } }]);
  });
});

describe.each(DATABASES)('expected releases, on %s', (_, fresh) => {
  startsOn(fresh);

  const arrested = (at: string) => fact('Arrested', { detentionId: id('d1'), at });
  const sentenced = (at: string, days: number) =>
    fact('Sentenced', { penaltyId: id('p1'), decisionId: id('x1'), days, at });
  const expected = async (asked: { from?: string; to?: string } = {}, viewer = CASEWORKER) => {
    await side.caughtUp();
    const handler = new ExpectedReleasesHandler(
      side.records,
      side.dockets,
      side.freshness,
      side.clock,
      side.book,
    );
    return (await handler.execute(new ExpectedReleases({ ...asked, viewer }))).items;
  };

  it('are those to come as things stand today, the first first', async () => {
    const later = await side.open('Later', arrested('2020-02-05'), sentenced('2020-02-05', 15));
    const sooner = await side.open('Sooner', arrested('2020-02-05'), sentenced('2020-02-05', 5));
    await side.open('Nobody knows', arrested('2020-02-05'));
    expect(await expected()).toEqual([
      {
        caseId: sooner.caseId,
        person: { names: [{ form: 'Sooner' }], roles: ['protester'] },
        status: 'in_custody_serving',
        unconfirmed: false,
        expectedRelease: { earliest: '2020-02-10', latest: '2020-02-10' },
      },
      expect.objectContaining({ caseId: later.caseId }),
    ]);
    expect(await expected({ from: '2020-02-11', to: '2020-02-19' })).toEqual([]);
    expect(await expected({ to: '2020-02-10' })).toHaveLength(1);
  });

  it('are looked for among the overdue, too, once their day has passed with nothing recorded', async () => {
    const { caseId } = await side.open('One', arrested('2020-02-05'), sentenced('2020-02-05', 5));
    side.clock.set('2020-02-12T00:00:00.000Z');
    expect(await expected()).toEqual([]);
    expect(await expected({ from: '2020-02-01' })).toMatchObject([{ caseId, status: 'in_custody_overdue' }]);
  });

  it('are none of a person who was let out', async () => {
    await side.open(
      'One',
      arrested('2020-02-01'),
      sentenced('2020-02-01', 15),
      fact('Released', { detentionId: id('d1'), basis: 'early', conditional: false, at: '2020-02-06' }),
    );
    expect(await expected({ from: '2020-01-01' })).toEqual([]);
  });
});
