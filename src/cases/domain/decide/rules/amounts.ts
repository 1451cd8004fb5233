import type { Money } from '../../facts/common.js';
import { baseUnitOn, baseUnitsBetween, type Law } from '../../law/law.js';
import type { FactInForce } from '../../file/facts-in-force.js';
import { convertRedenominated, parseMoney, priceBaseUnits } from '../../money/money.js';
import { daysOf } from './days-of.js';

/** In minor units. */
export interface Amount {
  minor: bigint;
  currency: string;
}

/** What an amount can have been: `most` is undefined where nothing limits it. */
export interface AmountRange {
  least: bigint;
  most: bigint | undefined;
  currency: string;
}

/** In the oldest currency that law knows it by, so that amounts from both sides of a redenomination compare. */
function comparable({ minor, currency }: Amount, law: Law): Amount {
  const replaced = law.redenominations.find(({ value }) => value.to === currency)?.value;
  return replaced
    ? comparable({ minor: convertRedenominated(minor, replaced), currency: replaced.from }, law)
    : { minor, currency };
}

export function rangeOf(money: Money, law: Law): AmountRange {
  const { minor, currency } = comparable(
    { minor: parseMoney(money.value, money.currency), currency: money.currency },
    law,
  );
  const qualifier = money.qualifier ?? 'exact';
  return {
    least: qualifier === 'exact' || qualifier === 'at_least' ? minor : 0n,
    most: qualifier === 'exact' || qualifier === 'at_most' ? minor : undefined,
    currency,
  };
}

export function exactAmount(money: Money, law: Law): Amount | undefined {
  const { least, most, currency } = rangeOf(money, law);
  return least === most ? { minor: least, currency } : undefined;
}

/** What the decision came to; undefined where what is recorded leaves it open. */
export function imposedAmount(fine: FactInForce<'Fined'>, law: Law): Amount | undefined {
  const { amount, baseUnits, reported = [] } = fine.data;
  if (amount) return exactAmount(amount, law);
  if (baseUnits !== undefined) {
    const { earliest, latest } = daysOf(fine, law);
    const units = baseUnitsBetween(law, earliest, latest);
    const [unit] = units;
    const known = unit && earliest !== null && baseUnitOn(law, earliest) !== undefined;
    return known && units.length === 1 ? comparable(priceBaseUnits(baseUnits, unit), law) : undefined;
  }
  const [only] = reported;
  return only && reported.length === 1 ? exactAmount(only, law) : undefined;
}

/**
 * The currencies the fine can be in. Undefined for one of which only reports are known: they say what it was worth, not
 * what it was imposed in.
 */
export function currenciesOf(fine: FactInForce<'Fined'>, law: Law): ReadonlySet<string> | undefined {
  if (fine.data.amount) return new Set([fine.data.amount.currency]);
  if (fine.data.baseUnits === undefined) return undefined;
  const { earliest, latest } = daysOf(fine, law);
  const units = baseUnitsBetween(law, earliest, latest);
  return units.length > 0 ? new Set(units.map(({ currency }) => currency)) : undefined;
}
