import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDay } from '../../src/cases/domain/dates/day.js';
import type { RecordedFact } from '../../src/cases/domain/facts/facts.js';
import { FINDING_CODES } from '../../src/cases/domain/findings/finding.js';
import { derive, type DerivedCase } from '../../src/cases/domain/timeline/derive.js';
import { docketOf, type Docket } from '../../src/cases/domain/timeline/docket.js';
import { STATUSES } from '../../src/cases/domain/timeline/status.js';
import { caseRows, type CaseRows } from '../../src/cases/read-models/case-rows.js';
import { AFTER_ALL_DAYS } from '../../src/cases/read-models/case-tables.js';
import { term } from '../../src/cases/read-models/terms.js';
import { DATABASES } from '../support/databases.js';
import { LAW } from '../support/derived.js';
import { eventually } from '../support/eventually.js';
import { histories } from '../support/oracle/arbitraries.js';
import { AUDITOR, ReadSide } from '../support/read-side.js';

/** Every term that an answer meets, as a caller would read it off. */
function termsMet({ custody, findings, person, proceedings }: DerivedCase): string[] {
  const articles = proceedings.flatMap(
    ({ provision }) => (provision as { article: string } | undefined)?.article ?? [],
  );
  return [
    term('status', custody.status),
    ...findings.map(({ code }) => term('finding', code)),
    ...person.roles.map((role) => term('role', role)),
    ...new Set(articles.map((article) => term('article', article))),
  ].toSorted();
}

interface Said {
  day: string;
  terms: string[];
  expected: DerivedCase['custody']['expectedRelease'][];
}

const derivationSays = (derived: DerivedCase, day: number): Said => ({
  day: formatDay(day),
  terms: termsMet(derived),
  expected: derived.custody.expectedRelease ? [derived.custody.expectedRelease] : [],
});

function rowsSay({ terms, releases }: CaseRows, day: number): Said {
  const on = <Row extends { from_day: number; to_day: number }>(all: readonly Row[]): Row[] =>
    all.filter((row) => row.from_day <= day && day < row.to_day);
  return {
    day: formatDay(day),
    terms: on(terms)
      .map((row) => row.term)
      .filter((found) => !found.startsWith('campaignId'))
      .toSorted(),
    expected: on(releases).map(({ earliest, latest }) => ({
      earliest: earliest === null ? null : formatDay(earliest),
      latest: latest === null ? null : formatDay(latest),
    })),
  };
}

/** Around every date of the case and every day on which its rows change, and every fifth day between. */
function daysAround(docket: Docket, { terms, releases }: CaseRows): Set<number> {
  const dates = docket.facts.flatMap(({ on }) => [on.earliest ?? on.latest, on.latest]);
  const changes = [...terms, ...releases].flatMap(({ from_day, to_day }) => [from_day, to_day]);
  const [first, last] = [Math.min(...dates) - 2, Math.max(...dates) + 60];
  const steps = Array.from({ length: (last - first) / 5 }, (_, n) => first + 5 * n);
  const near = [...dates, ...changes].flatMap((day) => [day - 1, day, day + 1]);
  return new Set([...steps, ...near.filter((day) => Math.abs(day) < AFTER_ALL_DAYS / 2)]);
}

describe('the rows of a case', () => {
  it('say of every day what deriving the case on that day says', () => {
    fc.assert(
      fc.property(histories, (recorded) => {
        const [{ caseId }] = recorded as [RecordedFact];
        const history = {
          caseId,
          mergedFrom: [],
          events: [],
          recorded,
          revision: recorded.length - 1,
          position: '1',
          lastRecordedAt: '',
          seen: { position: '', recordedAt: '' },
          readers: undefined,
          halfDone: [],
        };
        const rows = caseRows(caseId, history, LAW);
        const docket = docketOf(caseId, recorded, LAW);
        const days = [...daysAround(docket, rows)];
        // All days in one comparison: it is the comparing that takes long.
        expect(days.map((day) => rowsSay(rows, day))).toEqual(
          days.map((day) => derivationSays(derive(docket, day, LAW), day)),
        );
      }),
      { numRuns: 1000 },
    );
  }, 120_000);
});

describe.each(DATABASES)('a read model of a thousand cases, on %s', (_, fresh) => {
  const CASES = 1000;
  let side: ReadSide;
  const dockets = new Map<string, ReturnType<typeof docketOf>>();

  beforeAll(async () => {
    side = await ReadSide.start(fresh);
    for (const recorded of fc.sample(histories, { numRuns: CASES, seed: 20200207 })) {
      const { caseId } = await side.record(randomUUID(), ...recorded);
      dockets.set(caseId, docketOf(caseId, (await side.histories.load(caseId))?.recorded ?? [], LAW));
    }
    await eventually(
      async () => (await side.projections.status()).every(({ lag }) => lag.events === 0),
      50_000,
    );
  }, 60_000);
  afterAll(() => side.stop());

  const everyPage = async (asked: Parameters<ReadSide['list']>[0]): Promise<string[]> => {
    const met: string[] = [];
    let cursor: string | undefined;
    do {
      // Nobody's name is asked for: it would have to be opened.
      const page = await side.list(
        { ...asked, limit: 200, ...(cursor === undefined ? {} : { cursor }) },
        AUDITOR,
      );
      met.push(...page.items.map(({ caseId }) => caseId));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return met.toSorted();
  };

  it.each(['2019-12-31', '2020-01-20', '2020-02-07', '2021-04-01', '2030-01-01'])(
    'lists under every status and finding just the cases that have it, on %s',
    async (asOf) => {
      const day = Date.parse(asOf) / 86_400_000;
      const derived = [...dockets].map(([caseId, docket]) => ({ caseId, ...derive(docket, day, LAW) }));
      for (const status of STATUSES) {
        const having = derived.filter(({ custody }) => custody.status === status).map(({ caseId }) => caseId);
        expect(await everyPage({ asOf, status })).toEqual(having.toSorted());
      }
      for (const finding of FINDING_CODES) {
        const having = derived.filter(({ findings }) => findings.some(({ code }) => code === finding));
        expect(await everyPage({ asOf, finding })).toEqual(having.map(({ caseId }) => caseId).toSorted());
      }
    },
    60_000,
  );

  it('answers each case on any day as deriving it from its stream does', async () => {
    const ids = [...dockets.keys()];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ids),
        fc.integer({ min: 17_000, max: 19_500 }),
        async (caseId, day) => {
          const history = await side.histories.load(caseId);
          const [opened] = await side.dockets.of(history ? [history] : []);
          const answer = await side.get(caseId, { asOf: formatDay(day) });
          expect(answer.person.names).not.toEqual([]);
          expect(answer).toMatchObject({ caseId, ...derive(opened!.docket, day, LAW) });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is the same again after a rebuild', async () => {
    const rows = () =>
      side.database
        .withTables<Record<string, Record<string, unknown>>>()
        .selectFrom('case_terms')
        .selectAll()
        .orderBy('position')
        .orderBy('term')
        .orderBy('from_day')
        .execute();
    const before = await rows();
    await side.projections.requestRebuild('cases');
    await side.rebuilt();
    expect(await rows()).toEqual(before);
  }, 60_000);
});
