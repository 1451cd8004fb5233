import { describe, expect, it } from '@jest/globals';
import { derivedOn, fact, id } from '../../../../test/support/derived.js';
import type { Fact } from '../facts/facts.js';

const arrested = fact('Arrested', { detentionId: id('d1'), at: '2020-01-01' });
const released = (detention: string): Fact =>
  fact('Released', { detentionId: id(detention), at: '2020-01-20', basis: 'unknown', conditional: false });
const becameCriminal = fact('CustodyRegimeChanged', {
  detentionId: id('d1'),
  at: '2020-01-05',
  regime: 'criminal',
});
const lost = fact('WhereaboutsLost', { detentionId: id('d1'), at: '2020-01-05' });

function decidedBy(facts: readonly Fact[], order: readonly number[]): string[] {
  const { custody } = derivedOn('2020-02-01', facts, order);
  return custody.decidedBy;
}

describe('of two facts alike and of one day', () => {
  it.each([
    ['releases nobody has an arrest for', [released('d1'), released('d2')]],
    ['changes of regime', [arrested, becameCriminal, becameCriminal]],
    ['reports that the person is lost', [arrested, lost, lost]],
  ])('the same one decides, whichever was recorded first: %s', (_, facts) => {
    const order = facts.map((_, i) => i);
    const decided = decidedBy(facts, order);
    expect(decided).not.toEqual([]);
    expect(decidedBy(facts, order.toReversed())).toEqual(decided);
  });
});
