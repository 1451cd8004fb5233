import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES } from '../../../test/support/databases.js';
import { fact, id } from '../../../test/support/derived.js';
import { AUDITOR, CASEWORKER, ReadSide } from '../../../test/support/read-side.js';
import type { CaseTables } from '../read-models/case-tables.js';
import { ExpectedReleases, ExpectedReleasesHandler } from './expected-releases.js';
import { FindSimilar, FindSimilarHandler } from './find-similar.js';
import { GetCaseHistory, GetCaseHistoryHandler } from './get-case-history.js';
import type { ListCases } from './list-cases.js';
import { UpcomingHearings, UpcomingHearingsHandler } from './upcoming-hearings.js';
import type { Viewer } from './viewer.js';

const NAMED = CASEWORKER;
const COLLEAGUE: Viewer = { principalId: id('colle'), roles: ['caseworker'] };
const BOTH: Viewer = { principalId: id('both'), roles: ['auditor', 'caseworker'] };
const restricted = fact('CaseRestricted', { to: [NAMED.principalId], reason: 'threats' });
const lifted = fact('CaseUnrestricted', { reason: 'over' });
const serving = [
  fact('Arrested', { detentionId: id('d1'), at: '2020-02-05' }),
  fact('Sentenced', { penaltyId: id('p1'), decisionId: id('x1'), days: 15, at: '2020-02-05' }),
  fact('HearingScheduled', { hearingId: id('h1'), proceedingId: id('q1'), at: '2020-02-20' }),
];

describe.each(DATABASES)('a restricted case, on %s', (_, fresh) => {
  let side: ReadSide;

  beforeEach(async () => {
    side = await ReadSide.start(fresh);
  });
  afterEach(() => side.stop());

  const historyFor = (caseId: string, viewer: Viewer) =>
    new GetCaseHistoryHandler(side.histories, side.unsealing).execute(new GetCaseHistory({ caseId, viewer }));
  const listedFor = async (viewer: Viewer, asked: Omit<ListCases['asked'], 'viewer'> = {}) =>
    (await side.list(asked, viewer)).items.map(({ person, masked }) =>
      masked ? 'masked' : person.names[0]?.form,
    );
  const hidden = { kind: 'absent', code: 'case-not-found' };

  it('is a case like any other to those it is restricted to, and says to whom', async () => {
    const { caseId } = await side.open('One', restricted);
    expect(await side.get(caseId, {}, NAMED)).toMatchObject({
      person: { names: [{ form: 'One' }] },
      restrictedTo: [NAMED.principalId],
    });
    expect((await historyFor(caseId, NAMED)).items).toHaveLength(2);
  });

  it('is not there for other caseworkers, until it is lifted', async () => {
    const { caseId } = await side.open('One', restricted);
    await expect(side.get(caseId, {}, COLLEAGUE)).rejects.toMatchObject(hidden);
    await expect(historyFor(caseId, COLLEAGUE)).rejects.toMatchObject(hidden);
    expect(await listedFor(COLLEAGUE)).toEqual([]);

    await side.record(caseId, lifted);
    const open = await side.get(caseId, {}, COLLEAGUE);
    expect(open.person.names).toEqual([{ form: 'One' }]);
    expect(open).not.toHaveProperty('restrictedTo');
    expect(await listedFor(COLLEAGUE)).toEqual(['One']);
  });

  it('is not there as it was known before it was restricted, either', async () => {
    const { caseId } = await side.open('One');
    side.clock.set('2020-02-08T12:00:00.000Z');
    await side.record(caseId, restricted);
    side.clock.set('2020-02-09T12:00:00.000Z');
    const before = { knownAt: '2020-02-08T00:00:00.000Z' };
    expect(await side.get(caseId, before, NAMED)).toMatchObject({ revision: 0 });
    await expect(side.get(caseId, before, COLLEAGUE)).rejects.toMatchObject(hidden);
    await side.record(caseId, lifted);
    expect(await side.get(caseId, before, COLLEAGUE)).toMatchObject({ revision: 0 });
  });

  it('is without its person to an auditor, also to one who is a caseworker and not named', async () => {
    const { caseId } = await side.open('One', restricted);
    for (const viewer of [AUDITOR, BOTH]) {
      expect(await side.get(caseId, {}, viewer)).toMatchObject({ masked: true, person: { names: [] } });
      expect(await historyFor(caseId, viewer)).toMatchObject({ masked: true });
      expect(await listedFor(viewer)).toEqual(['masked']);
    }
    // That it comes back for a name would tell the name.
    expect(await listedFor(BOTH, { name: 'One' })).toEqual([]);
    expect(await listedFor(NAMED, { name: 'One' })).toEqual(['One']);
  });

  it('takes no place on the pages of others', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await side.open(name, ...('bde'.includes(name) ? [restricted] : []));
    }
    const pages = async (viewer: Viewer, asked = {}): Promise<unknown[][]> => {
      const met: unknown[][] = [];
      let cursor: string | null | undefined;
      while (cursor !== null) {
        const page = await side.list({ limit: 2, ...asked, ...(cursor && { cursor }) }, viewer);
        met.push(page.items.map(({ person }) => person.names[0]?.form));
        cursor = page.next;
      }
      return met;
    };
    for (const asked of [{}, { role: 'protester' as const }]) {
      expect(await pages(COLLEAGUE, asked)).toEqual([['f', 'c'], ['a']]);
      expect(await pages(NAMED, asked)).toEqual([
        ['f', 'e'],
        ['d', 'c'],
        ['b', 'a'],
      ]);
    }
  });

  it('is not among what is coming, nor among similar cases, but to those it is restricted to', async () => {
    const { caseId } = await side.open('Dzmitry Kazlou', ...serving, restricted);
    const other = await side.open('Zmicier Kazłoŭ');
    await side.caughtUp();
    const { records, names, dockets, freshness, clock, book, cases, last: minPosition } = side;
    const seenBy = async (viewer: Viewer): Promise<string[][]> => {
      const hearings = new UpcomingHearingsHandler(records, dockets, freshness, clock);
      const releases = new ExpectedReleasesHandler(records, dockets, freshness, clock, book);
      const similar = new FindSimilarHandler(cases, records, names, dockets, freshness);
      const seen = [
        await hearings.execute(new UpcomingHearings({ viewer })),
        await releases.execute(new ExpectedReleases({ viewer })),
        await similar.execute(new FindSimilar({ caseId: other.caseId, minPosition, viewer })),
      ];
      return seen.map(({ items }) => items.map((item) => item.caseId));
    };
    expect(await seenBy(NAMED)).toEqual([[caseId], [caseId], [caseId]]);
    for (const viewer of [COLLEAGUE, BOTH]) {
      expect(await seenBy(viewer)).toEqual([[], [], []]);
      const similarTo = new FindSimilar({ caseId, viewer });
      await expect(
        new FindSimilarHandler(cases, records, names, dockets, freshness).execute(similarTo),
      ).rejects.toMatchObject(hidden);
    }
  });

  it('is not there for others while the read model does not have it', async () => {
    const { caseId } = await side.open('One', restricted);
    await side.caughtUp();
    await side.database
      .withTables<CaseTables>()
      .deleteFrom('cases_g1' as 'cases')
      .execute();
    await expect(side.get(caseId, {}, COLLEAGUE)).rejects.toMatchObject(hidden);
    await expect(side.get(caseId, {}, NAMED)).rejects.toMatchObject({ code: 'read-model-behind' });
  });

  it('hides what is merged into it, by whichever id it is asked for', async () => {
    const loser = await side.open('One', restricted);
    const { caseId } = await side.open('Two', restricted);
    await side.merge(loser.caseId, caseId);
    for (const one of [loser.caseId, caseId]) {
      expect(await side.get(one, {}, NAMED)).toMatchObject({ caseId, mergedFrom: [loser.caseId] });
      await expect(side.get(one, {}, COLLEAGUE)).rejects.toMatchObject(hidden);
      await expect(historyFor(one, COLLEAGUE)).rejects.toMatchObject(hidden);
    }
    await side.record(caseId, lifted);
    expect(await side.get(loser.caseId, {}, COLLEAGUE)).toMatchObject({ caseId });
    expect(await listedFor(COLLEAGUE)).toHaveLength(1);
  });

  it.each([
    ['held', 1],
    ['was merged', 0],
  ])('is hidden in what was known while it %s with another one that is open', async (_, which) => {
    const pair = [(await side.open('One')).caseId, (await side.open('Two')).caseId] as const;
    const [loser, survivor] = pair;
    await side.merge(loser, survivor);
    side.clock.set('2020-02-08T12:00:00.000Z');
    await side.unmerge(loser, survivor);
    side.clock.set('2020-02-09T12:00:00.000Z');
    const merged = { knownAt: '2020-02-08T00:00:00.000Z' };
    expect(await side.get(loser, merged, COLLEAGUE)).toMatchObject({ caseId: survivor });
    await side.record(pair[which]!, restricted);
    for (const caseId of pair) {
      await expect(side.get(caseId, merged, COLLEAGUE)).rejects.toMatchObject(hidden);
      expect(await side.get(caseId, merged, NAMED)).toMatchObject({ mergedFrom: [loser] });
      expect(await side.get(caseId, merged, BOTH)).toMatchObject({ masked: true });
    }
  });
});
