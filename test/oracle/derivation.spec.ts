import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedFact } from '../../src/cases/domain/facts/facts.js';
import { derive, type DerivedCase } from '../../src/cases/domain/timeline/derive.js';
import { docketOf } from '../../src/cases/domain/timeline/docket.js';
import { CASE_ID, LAW, day } from '../support/derived.js';
import { questions } from '../support/oracle/arbitraries.js';
import { oracle, type OracleAnswer } from '../support/oracle/oracle.js';

const RUNS = 2_000;

/** The two walk the same text by different ways; where they part, one of them misread it. */
describe('the derivation and the day-by-day oracle', () => {
  it('give the same figures, the same status and the same findings on any day of any history', () => {
    fc.assert(
      fc.property(questions, ({ facts, asOf }) => {
        const derived = derive(docketOf(CASE_ID, facts, LAW), day(asOf), LAW);
        const expected = oracle(facts, asOf);
        expect(derived.totals).toEqual(expected.totals);
        expect(comparable(derived.custody, facts)).toEqual(comparable(expected.custody, facts));
        expect(findingsOf(derived)).toMatchObject(findingsOf(expected));
        expect(Object.keys(findingsOf(derived))).toEqual(Object.keys(findingsOf(expected)));
      }),
      { numRuns: RUNS },
    );
  }, 300_000);
});

/** Without what the oracle does not say, and without how a detention ended where a release and a death both claim to have ended it. */
function comparable(
  { decidedBy: _, detentions, ...custody }: Partial<DerivedCase['custody']> & OracleAnswer['custody'],
  facts: readonly RecordedFact[],
): object {
  const ends = facts.filter(({ type }) => type === 'Released' || type === 'DiedInCustody');
  const contested = ends.some(({ type }) => type === 'DiedInCustody') && ends.length > 1;
  return {
    ...custody,
    detentions: detentions
      .map(({ to, basis, ...begun }) => (contested ? begun : { ...begun, to, basis }))
      .sort((a, b) => (a.detentionId < b.detentionId ? -1 : 1)),
  };
}

function findingsOf({ findings }: { findings: readonly { code: string; value?: number }[] }): object {
  const byCode = findings.map(({ code, value }): [string, object] => [
    code,
    value === undefined ? {} : { value },
  ]);
  return Object.fromEntries(byCode.sort(([a], [b]) => (a < b ? -1 : 1)));
}
