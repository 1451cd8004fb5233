import type { Day } from '../../dates/day.js';
import type { Money, Uuid } from '../../facts/common.js';
import type { CaseFile } from '../../file/case-file.js';
import type { FactInForce } from '../../file/facts-in-force.js';
import type { Law } from '../../law/law.js';
import { exactAmount, imposedAmount, rangeOf, type Amount } from './amounts.js';
import { daysOf } from './days-of.js';

/**
 * What a fine came to on a day, by the changes dated by then: a payment that is recorded late is held to the amount of
 * its own day. Undefined where that is not exact.
 */
export function owedOn(day: Day, fine: FactInForce<'Fined'>, file: CaseFile, law: Law): Amount | undefined {
  const imposed = imposedAmount(fine, law);
  const ofThisByThen = (fact: FactInForce<'FineReduced' | 'FineWithdrawn'>): boolean =>
    fact.data.penaltyId === fine.data.penaltyId && daysOf(fact, law).latest <= day;
  if (imposed && file.of('FineWithdrawn').some(ofThisByThen)) return { ...imposed, minor: 0n };

  const reductions = file
    .of('FineReduced')
    .filter(ofThisByThen)
    .map((fact) => ({ amount: exactAmount(fact.data.amount, law), on: daysOf(fact, law).latest }));
  if (reductions.length === 0) return imposed;
  const last = Math.max(...reductions.map(({ on }) => on));
  return smallest(reductions.filter(({ on }) => on === last).map(({ amount }) => amount));
}

/** Undefined if one of them is. */
const smallest = (amounts: readonly (Amount | undefined)[]): Amount | undefined =>
  amounts.reduce((least, one) => (least && one ? (one.minor < least.minor ? one : least) : undefined));

/** What was surely paid, or paid at most, in one currency; undefined where nothing limits it. */
export const sumPaid = (
  which: { file: CaseFile; law: Law; type: 'FinePaid' | 'FineRefunded'; penaltyId: Uuid; currency: string },
  end: 'least' | 'most',
): bigint | undefined =>
  amountsOf(which.file, which.type, which.penaltyId)
    .map((amount) => rangeOf(amount, which.law))
    .filter((range) => range.currency === which.currency)
    .map((range) => range[end])
    .reduce<bigint | undefined>(
      (sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
      0n,
    );

const amountsOf = (file: CaseFile, type: 'FinePaid' | 'FineRefunded', penaltyId: Uuid): Money[] =>
  file.of(type).flatMap(({ data }) => (data.penaltyId === penaltyId ? [data.amount] : []));
