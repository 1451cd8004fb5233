import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { questions } from '../support/oracle/arbitraries.js';
import { oracle } from '../support/oracle/oracle.js';

const SAMPLE = fc.sample(questions, { numRuns: 1500, seed: 20200207 });
const ANSWERS = SAMPLE.map(({ facts, asOf }) => oracle(facts, asOf));

describe('the oracle', () => {
  it('serves no more than is to be served, and no more days than were spent in custody', () => {
    for (const { totals } of ANSWERS) {
      const { daysServed, daysOutstanding, daysToServe, daysInCustody, daysImposed } = totals;
      expect(daysServed.min).toBeGreaterThanOrEqual(0);
      expect(daysOutstanding.min).toBeGreaterThanOrEqual(0);
      expect(daysServed.max).toBeLessThanOrEqual(daysToServe.max ?? NaN);
      expect(daysServed.max).toBeLessThanOrEqual(daysInCustody.max ?? Infinity);
      expect(daysToServe.max).toBeLessThanOrEqual(daysImposed.net.max ?? NaN);
      expect(totals.daysInCustodyWithoutSentence.min).toBeGreaterThanOrEqual(0);
    }
  });

  it('answers the same whatever the order the facts are handed over in', () => {
    for (const { facts, asOf } of SAMPLE.slice(0, 200)) {
      expect(oracle(facts.toReversed(), asOf)).toEqual(oracle(facts, asOf));
    }
  });
});

describe('the histories it is asked about', () => {
  it('lead to every status', () => {
    expect([...new Set(ANSWERS.map(({ custody }) => custody.status))].sort()).toEqual([
      'at_liberty',
      'at_liberty_fined',
      'at_liberty_outstanding',
      'at_liberty_pending',
      'at_liberty_served',
      'deceased',
      'in_custody_criminal',
      'in_custody_overdue',
      'in_custody_serving',
      'in_custody_undecided',
      'not_determinable',
      'whereabouts_unknown',
    ]);
  });

  it('lead to every finding', () => {
    const codes = ANSWERS.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect([...new Set(codes)].sort()).toEqual([
      'claimed_total_differs',
      'consecutive_sentences',
      'counsel_denied',
      'counsel_denied_over_48h',
      'date_after_source',
      'detained_undecided_over_72h',
      'fine_not_whole_base_units',
      'fine_over_maximum',
      'hearing_without_counsel',
      'held_past_term',
      'overlapping_detentions',
      'rearrested_on_release_day',
      'release_without_arrest',
      'runs_assumed_consecutive',
      'sentence_over_maximum',
      'sentence_without_custody',
      'unsourced',
    ]);
  });

  it('leave now and then open what is certain, and where days begin', () => {
    expect(ANSWERS.some(({ custody }) => !custody.certain)).toBe(true);
    expect(ANSWERS.some(({ custody }) => custody.unconfirmed)).toBe(true);
    expect(ANSWERS.some(({ totals }) => totals.daysInCustody.max === null)).toBe(true);
    expect(ANSWERS.some(({ custody }) => custody.expectedRelease?.earliest === null)).toBe(true);
  });
});
