import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDay } from '../../cases/domain/dates/day.js';
import type { Totals } from '../../cases/domain/timeline/totals.js';
import { derive } from '../../cases/domain/timeline/derive.js';
import { docketOf } from '../../cases/domain/timeline/docket.js';
import { histories, questions } from '../../../test/support/oracle/arbitraries.js';
import { CASE_ID, day, LAW } from '../../../test/support/derived.js';
import type { Figures, Question } from './figures.js';
import { NOTHING_REGISTERED } from './register.js';
import { sheetOf } from './sheet-of.js';
import type { Sheet } from './sheet.js';
import { Tally } from './tally.js';

const RUNS = { numRuns: 150 };

const asked = (asOf: number, more: Partial<Question> = {}): Question => ({
  asOf,
  filters: {},
  register: NOTHING_REGISTERED,
  members: true,
  lists: true,
  ...more,
});

function figuresOn(sheet: Sheet, question: Question): Figures {
  const tally = new Tally(question);
  // As it comes back from where it is kept.
  tally.add(JSON.parse(JSON.stringify(sheet)) as Sheet);
  return tally.figures();
}

/** The totals of one case, put together again from the figures. */
function totalsIn({ cells }: Figures): object {
  const value = (key: string): unknown => {
    const said = cells[key]?.value;
    if (said?.kind === 'range') return { min: said.min, max: said.max };
    return said && 'value' in said ? said.value : 0;
  };
  const currencies = Object.values(cells).flatMap(({ figure, of }) => (figure === 'fine_count' ? [of!] : []));
  return {
    arrests: value('arrests'),
    charges: value('charges'),
    decisions: value('decisions'),
    sentences: value('sentences'),
    daysImposed: { gross: value('days_imposed_gross'), net: value('days_imposed_net') },
    daysInCustody: value('days_in_custody'),
    daysServed: value('days_served'),
    daysOutstanding: value('days_outstanding'),
    fines: currencies.map((currency) => ({
      currency,
      count: value(`fine_count:${currency}`),
      imposed: value(`fines_gross:${currency}`),
      net: value(`fines_net:${currency}`),
      paid: value(`fines_paid:${currency}`),
      refunded: value(`fines_refunded:${currency}`),
      outstanding: value(`fines_outstanding:${currency}`),
      baseUnits: value(`base_units:${currency}`),
      atLeast: cells[`fines_at_least:${currency}`] !== undefined,
    })),
    counselDenials: {
      count: value('counsel_denials'),
      hours: value('counsel_denial_hours'),
      within48h: value('counsel_denials_by_result:within48h'),
      exceeded48h: value('counsel_denials_by_result:exceeded48h'),
      undetermined: value('counsel_denials_by_result:undetermined'),
    },
    conditions: { count: value('conditions'), hours: value('condition_hours') },
  };
}

function totalsOf(totals: Totals): object {
  const { hearings: _h, daysToServe: _t, daysInCustodyWithoutSentence: _w, fines, ...others } = totals;
  return { ...others, fines: fines.map(({ reported: _, ...fine }) => fine) };
}

describe('the sheet of a case', () => {
  it('gives the totals that the derivation gives, on any day', () => {
    fc.assert(
      fc.property(questions, ({ facts, asOf }) => {
        const docket = docketOf(CASE_ID, facts, LAW);
        const on = day(asOf);
        const figures = figuresOn(sheetOf(docket, LAW, on), asked(on));
        expect(totalsIn(figures)).toEqual(totalsOf(derive(docket, on, LAW).totals));
      }),
      RUNS,
    );
  });

  it('holds for every day once all has happened: the same figures as if it were made anew on that day', () => {
    fc.assert(
      fc.property(histories, fc.nat(150), fc.nat(60), (facts, later, before) => {
        const docket = docketOf(CASE_ID, facts, LAW);
        const settled = sheetOf(docket, LAW);
        const on = Math.max(settled.settledFrom, day('2019-11-01')) + later;
        const filters = { from: formatDay(on - before) };
        for (const question of [asked(on), asked(on, { filters })]) {
          expect(figuresOn(settled, question)).toEqual(figuresOn(sheetOf(docket, LAW, on), question));
        }
      }),
      RUNS,
    );
  });

  it('comes to the same figures in whatever order its facts were recorded', () => {
    fc.assert(
      fc.property(questions, ({ facts, asOf }) => {
        const docket = docketOf(CASE_ID, facts, LAW);
        const turned = { ...docket, facts: docket.facts.toReversed() };
        const on = day(asOf);
        const question = asked(on, { filters: { from: '2019-11-15', to: '2020-02-10' } });
        expect(figuresOn(sheetOf(turned, LAW, on), question)).toEqual(
          figuresOn(sheetOf(docket, LAW, on), question),
        );
      }),
      RUNS,
    );
  });

  it('is small: six hundred bytes for a case of some ten facts', () => {
    const sheets = fc.sample(histories, { numRuns: 200, seed: 34 }).map((facts) => {
      const sheet = sheetOf(docketOf(CASE_ID, facts, LAW), LAW);
      return { facts: facts.length, bytes: JSON.stringify(sheet).length };
    });
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
    expect(sum(sheets.map(({ facts }) => facts))).toBeGreaterThan(200 * 8);
    expect(sum(sheets.map(({ bytes }) => bytes)) / sheets.length).toBeLessThan(600);
  });

  it('says who is held as the derivation does', () => {
    fc.assert(
      fc.property(questions, ({ facts, asOf }) => {
        const docket = docketOf(CASE_ID, facts, LAW);
        const on = day(asOf);
        const { custody } = derive(docket, on, LAW);
        const settled = sheetOf(docket, LAW);
        const sheet = on >= settled.settledFrom ? settled : sheetOf(docket, LAW, on);
        const [held] = figuresOn(sheet, asked(on)).held!;
        const isHeld = custody.status.startsWith('in_custody') || custody.status === 'whereabouts_unknown';
        expect(held && [held.status, held.unconfirmed]).toEqual(
          isHeld ? [custody.status, custody.unconfirmed] : undefined,
        );
      }),
      RUNS,
    );
  });
});
