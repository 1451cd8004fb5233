import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type CountedReport,
  type ReportContent,
  type TableSection,
  type Value,
} from '../../src/reports/content/content.js';
import { amountsOf } from '../../src/reports/figures/behind.js';
import { DEFINITIONS } from '../../src/reports/figures/definitions.js';
import type { Cell, Figures } from '../../src/reports/figures/figures.js';
import { reportContent } from '../../src/reports/content/report-content.js';
import { ISSUABLE } from '../../src/reports/issued/report-issued.js';
import { released } from '../../src/reports/release/released.js';
import { outlineOf } from '../../src/reports/documents/outline/outline-of.js';
import { LANGUAGES } from '../../src/reports/documents/words/languages.js';
import { day } from '../support/derived.js';
import { COUNTED_REPORTS, question, reported, rowsOf, sheetsOn, tallied } from '../support/reports/asking.js';
import { referenceSet, REGISTER } from '../support/reports/reference-set.js';

const AS_OF = '2020-03-01';
const files = new Map([...referenceSet()].slice(0, 120));
const sheets = sheetsOn(files, day(AS_OF));
const estimate = (id: string, more: object) => ({
  id,
  quantity: { op: 'ge' as const, value: 400 },
  unit: 'persons' as const,
  predicate: 'arrested' as const,
  period: { earliest: day('2019-12-01'), latest: day('2019-12-31') },
  asOf: { earliest: day('2020-01-05'), latest: day('2020-01-05') },
  estimator: 'an observer',
  ...more,
});
const register = {
  ...REGISTER,
  estimates: [
    estimate('a', {}),
    estimate('b', { unit: 'penalties' }),
    estimate('c', { period: { earliest: day('2019-12-01'), latest: day('2020-01-31') } }),
    estimate('d', { quantity: { op: 'between', low: 1, high: 500 } }),
    estimate('e', { predicate: 'charged_and_fined' }),
    estimate('f', { quantity: { op: 'about', value: 1 } }),
    estimate('g', { asOf: { earliest: day('2019-12-20'), latest: day('2019-12-20') } }),
  ],
};
const names = new Map([[sheets.find(({ held }) => held && !held.possibly)!.caseId, 'N. Named']]);

const askedOf = (filters: object, members = false) => question(AS_OF, { filters, register, members });
const contentOf = (report: CountedReport, figures: Figures, filters: object = {}): ReportContent =>
  reported(report, AS_OF, askedOf(filters), figures, { names });

const tablesIn = ({ sections }: ReportContent): TableSection[] =>
  sections.flatMap((section) => (section.kind === 'table' ? [section] : []));

/** Who is behind each cell and with what, whatever place each of them has in the list of all. */
function membersByCase({ members }: Figures): unknown {
  const { caseIds, behind } = members!;
  const cells = Array.from(behind, ([key, those]): [string, unknown] => {
    const each = Array.from(those.places, (place, i) => [
      caseIds[place]!,
      those.least?.[i] ?? 1,
      those.most?.[i] ?? null,
      ...amountsOf(those, i),
    ]);
    return [key, each.sort(([a], [b]) => (a! < b! ? -1 : 1))];
  });
  return cells.sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('what a report says', () => {
  const december = { from: '2019-12-01', to: '2019-12-31' };
  const figures = tallied(sheets, askedOf({}));

  it.each(COUNTED_REPORTS)(
    'of %s: tables are whole, plots are drawn from them, and figures are defined',
    (report) => {
      const content = contentOf(report, figures);
      const tables = new Map(tablesIn(content).map((table) => [table.id, table]));
      expect(new Set(content.sections.map(({ id }) => id)).size).toBe(content.sections.length);
      expect(content.sections.length).toBeGreaterThan(1);
      for (const { columns, rows } of tables.values()) {
        for (const row of rows) expect(row).toHaveLength(columns.length);
        for (const { figure } of columns) {
          if (figure)
            expect(DEFINITIONS).toHaveProperty(
              figure.id,
              expect.objectContaining({ version: figure.version }),
            );
        }
      }
      for (const section of content.sections) {
        if (section.kind === 'figures') expect(section.figures.length).toBeGreaterThan(0);
        if (section.kind !== 'plot') continue;
        const columns = tables.get(section.table)!.columns.map(({ id }) => id);
        expect(columns).toEqual(expect.arrayContaining([section.x, ...section.y]));
      }
    },
  );

  it('is the same to the byte in whatever order the cases come', () => {
    const written = (order: readonly number[]): string => {
      const tally = tallied(
        order.map((place) => sheets[place]!),
        askedOf(december, true),
      );
      const { members: _, ...told } = tally;
      return JSON.stringify([
        told,
        membersByCase(tally),
        ...COUNTED_REPORTS.map((report) => contentOf(report, tally, december)),
      ]);
    };
    const places = sheets.map((_, place) => place);
    const first = written(places);
    fc.assert(
      fc.property(fc.shuffledSubarray(places, { minLength: places.length }), (order) => {
        expect(written(order) === first).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('names those whose consent allows it, and lists the others without', () => {
    const inside = rowsOf(contentOf('detainees', figures), 'detainees');
    expect(inside.length).toBe(figures.held!.length);
    expect(inside.filter(({ name }) => name!.kind === 'text')).toHaveLength(1);
    expect(contentOf('detainees', figures).sections.at(-1)).toMatchObject({
      notes: expect.arrayContaining(['names_only_with_consent']) as unknown,
    });
  });

  it('gives a gap only where both count the same persons of the same days', () => {
    const inDecember = tallied(sheets, askedOf(december));
    const arrested = inDecember.cells['persons_arrested']!.value as { value: number };
    const gaps = rowsOf(contentOf('campaign', inDecember, december), 'estimates').map(
      ({ documented, gap, difference }) => [documented, gap, difference],
    );
    const count = (value: number): Value => ({ kind: 'count', value });
    const differs = (value: string): Value => ({ kind: 'code', list: 'difference', value });
    const absent: Value = { kind: 'absent' };
    const own = (figure: string): Value => inDecember.cells[figure]!.value;
    expect(gaps).toEqual([
      [count(arrested.value), { kind: 'estimate', op: 'ge', value: 400 - arrested.value }, absent],
      [own('penalties'), absent, differs('predicate')],
      [count(arrested.value), absent, differs('period')],
      [
        count(arrested.value),
        { kind: 'estimate', op: 'between', value: 0, high: 500 - arrested.value },
        absent,
      ],
      [own('persons_documented'), absent, differs('predicate')],
      [count(arrested.value), absent, differs('exceeded')],
      [count(arrested.value), absent, differs('as_of')],
    ]);
    // That more is documented is not told of a number that is withheld.
    const key = 'documented_beside_estimate:f';
    const withheld = { ...inDecember.cells[key]!, value: { kind: 'withheld' as const }, n: null };
    const silent = { ...inDecember, cells: { ...inDecember.cells, [key]: withheld } };
    expect(rowsOf(contentOf('campaign', silent, december), 'estimates')[5]!['difference']).toEqual(absent);
    // One more filter, and the estimate is about more than what is counted.
    const filters = { ...december, region: 'BY-HM' };
    const [inRegion] = rowsOf(contentOf('campaign', tallied(sheets, askedOf(filters)), filters), 'estimates');
    expect(inRegion!['difference']).toEqual(differs('scope'));
  });

  it.each([{}, december, { from: '2019-12-15', to: '2020-02-10' }, { family: 'mass_events' }])(
    'adds up in every column, by month and by all that it is told apart by: %j',
    (filters) => {
      const { cells, sums } = tallied(sheets, askedOf(filters));
      expect(sums.length).toBeGreaterThan(15);
      for (const { total, parts } of sums) {
        const sum = { total, ...addedUp(parts.map((key) => cells[key]!)) };
        expect(sum).toEqual({ total, ...addedUp([cells[total]!]) });
      }
    },
  );

  it('says so where nothing recorded fits what it is narrowed to, and only there', () => {
    const notes = (filters: object): unknown =>
      contentOf('articles', tallied(sheets, askedOf(filters)), filters).sections.at(-1);
    const nothing = { notes: expect.arrayContaining(['filters_match_nothing']) as unknown };
    for (const filters of [{ region: 'RU-MOW' }, { article: '19.99' }, { ...december, region: 'RU-MOW' }])
      expect([filters, notes(filters)]).toMatchObject([filters, nothing]);
    for (const filters of [{}, { region: 'BY-HM' }, { from: '1999-01-01', to: '1999-12-31' }])
      expect([filters, notes(filters)]).not.toMatchObject([filters, nothing]);
  });

  it.each(ISSUABLE)('says so in print, too, of what is withheld from nobody: %s', (report) => {
    const filters = { region: 'RU-MOW' };
    const narrowed = tallied(sheets, askedOf(filters, true));
    const { basis } = reported(report, AS_OF, askedOf(filters), narrowed);
    const { source } = released(report, basis, { figures: narrowed, register }, []);
    expect(reportContent(report, { ...source, basis, audience: 'public' }).sections.at(-1)).toMatchObject({
      notes: expect.arrayContaining(['filters_match_nothing']) as unknown,
    });
  });

  it('shows each month of the period, and in the last row all of it', () => {
    const filters = { from: '2019-11-10', to: '2020-01-31' };
    const rows = rowsOf(contentOf('monthly', tallied(sheets, askedOf(filters)), filters), 'by_month');
    expect(rows.map(({ month }) => (month as { value: string }).value)).toEqual([
      '2019-11',
      '2019-12',
      '2020-01',
      'period',
    ]);
  });
});

/** Counts and the ends of pairs; endless days have no sum. */
function addedUp(cells: readonly Cell[]): object {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const ends = cells.map(({ value }) => {
    if (value.kind === 'range') return [value.min, value.max ?? Infinity] as const;
    return value.kind === 'count' ? ([value.value, value.value] as const) : ([Infinity, Infinity] as const);
  });
  return { least: sum(ends.map(([least]) => least)), most: sum(ends.map(([, most]) => most)) };
}

describe('every report', () => {
  const figures = tallied(sheets, askedOf({ from: '2019-12-01', to: '2020-02-29' }));
  const waves = REGISTER.campaigns.slice(1, 3).map((campaign) => ({ campaign, figures }));

  it.each(COUNTED_REPORTS.flatMap((report) => LANGUAGES.map((language) => [report, language] as const)))(
    '%s has words in %s for all that it says, of whomever',
    (report, language) => {
      for (const filters of [{}, { from: '2019-12-01', to: '2020-02-29' }]) {
        const of = tallied(sheets, askedOf(filters));
        const content = reported(report, AS_OF, askedOf(filters), of, { names, waves });
        expect(outlineOf(content, language).parts).toHaveLength(content.sections.length);
      }
    },
  );
});
