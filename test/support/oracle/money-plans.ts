import type { Money } from '../../../src/cases/domain/facts/common.js';
import type { RecordedFact } from '../../../src/cases/domain/facts/facts.js';
import { spanOf, type Day } from './days.js';
import { NEW_ROUBLE } from './law.js';
import type { FinePlan, Plan } from './plans.js';

/** The rouble in use by then: what is undated counts as recent. */
const roubleOf = (latest: Day | null): 'BYR' | 'BYN' =>
  latest !== null && latest < NEW_ROUBLE ? 'BYR' : 'BYN';

const latestOf = (data: object): Day | null => spanOf('at' in data ? String(data.at) : undefined).latest;

/** Whole base units of some year, or a few roubles more. */
function money(currency: string, units: number, odd: boolean): Money {
  if (currency === 'BYR') return { value: String(units * 210_000 + (odd ? 1_000 : 0)), currency };
  const hundredths = currency === 'BYN' ? units * 2_700 : units * 1_000;
  return { value: ((hundredths + (odd ? 55 : 0)) / 100).toFixed(2), currency };
}

export function asFine(plan: FinePlan, circumstance: object, seed: number): object {
  const { units, odd, as, qualifier, reportedIn } = plan;
  const rouble = roubleOf(latestOf(circumstance));
  const qualified = qualifier === undefined ? {} : { qualifier };
  const amount = { ...money(rouble, units, odd), ...qualified };
  if (as === 'amount') return { amount };
  if (as === 'baseUnits') return { baseUnits: units };
  if (as === 'both') return { amount, baseUnits: units };
  const reported = reportedIn.map((name, i) => ({
    ...money(name === 'local' ? rouble : name, units + ((seed + i) % 3), odd),
    ...qualified,
  }));
  return { reported };
}

/** In a currency the fine has; a fine of before the new rouble is changed and paid in the rouble of the day. */
export function reducedOrPaidIn(
  fine: RecordedFact<'Fined'>,
  plan: Plan & { plan: 'change' },
  recorded: readonly RecordedFact[],
): Money {
  const { amount, baseUnits, reported = [] } = fine.data;
  const own = amount
    ? amount.currency
    : baseUnits === undefined
      ? (reported[plan.currency % Math.max(1, reported.length)]?.currency ?? 'BYN')
      : roubleOf(latestOf(fine.data));
  // Of two reductions of one day the smaller counts: only in one currency does that mean anything.
  const reducedBefore = recorded.find(
    (fact) => fact.type === 'FineReduced' && fact.data.penaltyId === fine.data.penaltyId,
  ) as RecordedFact<'FineReduced'> | undefined;
  const before = plan.type === 'FineReduced' ? reducedBefore?.data.amount.currency : undefined;
  const currency = before === undefined || isRouble(before) ? own : before;
  if (currency === 'BYR' && roubleOf(latestOf(plan.when)) === 'BYN') return money('BYN', plan.units, false);
  return money(currency, plan.units, false);
}

const isRouble = (currency: string): boolean => currency === 'BYR' || currency === 'BYN';
