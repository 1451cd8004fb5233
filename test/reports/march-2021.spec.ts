import { describe, expect, it } from '@jest/globals';
import { march2021 } from '../support/reports/march-2021.js';
import { question, reported, rowsOf, said, sheetsOn, tallied } from '../support/reports/asking.js';

const AS_OF = '2021-05-15';
const files = march2021();
const asked = question(AS_OF, { filters: { from: '2021-03-01', to: '2021-03-31', family: 'mass_events' } });
const figures = tallied(sheetsOn(files, asked.asOf), asked);
const report = reported('monthly', AS_OF, asked, figures);

/** As published by Viasna. */
describe('March 2021', () => {
  it('has 395 terms of 3 to 30 days, 6,472 days in all, on average 16.38, in the middle 15', () => {
    expect(said(report, 'sentences')).toEqual({ kind: 'count', value: 395 });
    expect(said(report, 'persons_sentenced')).toEqual({ kind: 'count', value: 395 });
    expect(said(report, 'days_imposed_gross')).toEqual({ kind: 'range', unit: 'days', min: 6472, max: 6472 });
    expect(said(report, 'term_mean')).toEqual({ kind: 'decimal', unit: 'days', value: '16.38' });
    expect(said(report, 'term_median')).toEqual({ kind: 'decimal', unit: 'days', value: '15' });
    expect(said(report, 'term_least')).toEqual({ kind: 'decimal', unit: 'days', value: '3' });
    expect(said(report, 'term_greatest')).toEqual({ kind: 'decimal', unit: 'days', value: '30' });
  });

  it('of them 270 of 15 days and 32 of 30', () => {
    const terms = [...files.values()]
      .flat()
      .flatMap((fact) => (fact.type === 'Sentenced' ? [fact.data.days] : []));
    expect(terms.filter((days) => days === 15)).toHaveLength(270);
    expect(terms.filter((days) => days === 30)).toHaveLength(32);
  });

  it('has 82 fines from 58 to 5,800 BYN, 120,901 BYN in all, which are 4,169 base units, on average 1,474.40', () => {
    expect(said(report, 'fines')).toEqual({ kind: 'count', value: 82 });
    const [byn, ...others] = rowsOf(report, 'fines_by_currency');
    expect(others).toEqual([]);
    const money = (value: string) => ({ kind: 'money', currency: 'BYN', value });
    const decimal = (value: string) => ({ kind: 'decimal', unit: 'money', value, currency: 'BYN' });
    expect(byn).toMatchObject({
      fine_count: { kind: 'count', value: 82 },
      fines_gross: money('120901.00'),
      fines_net: money('120901.00'),
      fines_outstanding: money('120901.00'),
      base_units: { kind: 'base_units', value: 4169 },
      fine_mean: decimal('1474.40'),
      fine_least: decimal('58.00'),
      fine_greatest: decimal('5800.00'),
      persons: { kind: 'count', value: 82 },
    });
  });

  it('has each decision in one class, and together they are all', () => {
    const classes = rowsOf(report, 'decisions_by_outcome').map(
      ({ outcome, decisions_by_outcome: number }) => [outcome, number],
    );
    const row = (outcome: string, value: number) => [
      { kind: 'code', list: 'outcome', value: outcome },
      { kind: 'count', value },
    ];
    expect(classes).toEqual([
      row('detention_only', 386),
      row('fine_only', 73),
      row('both', 9),
      row('terminated', 0),
      row('acquitted', 0),
      row('other', 0),
    ]);
    expect(said(report, 'decisions')).toEqual({ kind: 'count', value: 468 });
  });
});
