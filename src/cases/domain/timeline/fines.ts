import type { Money } from '../facts/common.js';
import { baseUnitOn, type Law } from '../law/law.js';
import { convertRedenominated, parseMoney, priceBaseUnits } from '../money/money.js';
import type { Casebook, Fine } from './casebook.js';
import type { DatedFact } from './docket.js';
import { dayIn, type Side, type WorldDay } from './world.js';

/** A fine in one currency, in that currency's minor units. */
export interface FineLine {
  currency: string;
  imposed: bigint;
  net: bigint;
  paid: bigint;
  refunded: bigint;
  outstanding: bigint;
  atLeast: boolean;
  reported: boolean;
}

const by = <F extends DatedFact>(facts: readonly F[], day: WorldDay): F[] =>
  facts.filter(({ on }) => on.latest <= day);

/** Fines neither withdrawn nor annulled on a day, paid or not. */
export const finesStandingOn = (book: Casebook, side: Side, day: WorldDay): DatedFact<'Fined'>[] =>
  book.fines
    .filter(({ fact, annulments }) => {
      const annulled = annulments.some(({ on }) => dayIn(side, on) <= day);
      return dayIn(side, fact.on) <= day && !annulled;
    })
    .map(({ fact }) => fact);

export const finesBy = (book: Casebook, day: WorldDay): Fine[] =>
  book.fines.filter(({ fact }) => fact.on.latest <= day);

/** Base units of a fine that was given so, while it stands unreduced; else 0. Narrow world. */
export function baseUnitsStanding({ fact, annulments, reductions }: Fine, day: WorldDay): number {
  const changed = by(annulments, day).length > 0 || by(reductions, day).length > 0;
  return changed ? 0 : (fact.data.baseUnits ?? 0);
}

/** What a fine comes to on a day, in each currency it was given or paid in. Narrow world. */
export function fineLines(fine: Fine, law: Law, day: WorldDay): FineLine[] {
  const imposed = imposedAmounts(fine.fact, law);
  const reported = imposed.some((line) => line.reported);
  const into = (money: Money, currency: string): bigint | undefined => amountIn(money, currency, law);

  const annulled = by(fine.annulments, day).length > 0;
  const reduction = latestReduction(by(fine.reductions, day));
  const payments = by(fine.payments, day).map(({ data }) => data.amount);
  const refunds = by(fine.refunds, day).map(({ data }) => data.amount);

  const currencies = new Set(imposed.map(({ currency }) => currency));
  for (const { currency, value } of payments) {
    // Paid in a currency in which nobody gave the amount: it is shown, and settles nothing there.
    if (![...currencies].some((known) => into({ currency, value }, known) !== undefined)) {
      currencies.add(currency);
    }
  }
  const sumIn = (currency: string, amounts: readonly Money[]): bigint =>
    amounts.reduce((sum, amount) => sum + (into(amount, currency) ?? 0n), 0n);

  return [...currencies].map((currency) => {
    const given = imposed.find((line) => line.currency === currency);
    const reducedTo = reduction && into(reduction.data.amount, currency);
    let net = given?.minor ?? 0n;
    if (reduction) net = reducedTo ?? (reported ? 0n : net);
    if (annulled) net = 0n;
    const paid = sumIn(currency, payments);
    const refunded = sumIn(currency, refunds);
    const paidElsewhere = reported && payments.some((payment) => into(payment, currency) === undefined);
    const owed = net - (paid - refunded);
    return {
      currency,
      imposed: given?.minor ?? 0n,
      net,
      paid,
      refunded,
      outstanding: paidElsewhere || owed < 0n ? 0n : owed,
      atLeast:
        (given?.atLeast ?? false) ||
        [...(reduction ? [reduction.data.amount] : []), ...payments, ...refunds].some(
          (amount) => amount.qualifier === 'at_least' && into(amount, currency) !== undefined,
        ),
      reported,
    };
  });
}

interface ImposedAmount {
  currency: string;
  minor: bigint;
  atLeast: boolean;
  reported: boolean;
}

function imposedAmounts({ data, on }: DatedFact<'Fined'>, law: Law): ImposedAmount[] {
  if (data.amount) return [amountOf(data.amount, false)];
  if (data.baseUnits !== undefined) {
    const unit = baseUnitOn(law, on.latest);
    if (unit) return [{ ...priceBaseUnits(data.baseUnits, unit), atLeast: false, reported: false }];
  }
  const perCurrency = Map.groupBy(data.reported ?? [], ({ currency }) => currency);
  return [...perCurrency.values()].map((amounts) => {
    const [smallest] = amounts
      .map((amount) => amountOf(amount, true))
      .sort((a, b) => (a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0));
    return { ...smallest!, atLeast: smallest!.atLeast || amounts.length > 1 };
  });
}

const amountOf = ({ value, currency, qualifier }: Money, reported: boolean): ImposedAmount => ({
  currency,
  minor: parseMoney(value, currency),
  atLeast: qualifier === 'at_least',
  reported,
});

/** The amount in a currency: its own, or the one that a redenomination replaced. */
function amountIn({ value, currency }: Money, wanted: string, law: Law): bigint | undefined {
  const minor = parseMoney(value, currency);
  if (currency === wanted) return minor;
  const redenomination = law.redenominations.find(
    (one) => one.value.from === wanted && one.value.to === currency,
  );
  return redenomination && convertRedenominated(minor, redenomination.value);
}

/** The latest by date; of several on one day the smaller, in the first of their currencies. */
function latestReduction(
  reductions: readonly DatedFact<'FineReduced'>[],
): DatedFact<'FineReduced'> | undefined {
  return [...reductions].sort(
    (a, b) =>
      b.on.latest - a.on.latest ||
      compare(a.data.amount.currency, b.data.amount.currency) ||
      Number(
        parseMoney(a.data.amount.value, a.data.amount.currency) -
          parseMoney(b.data.amount.value, b.data.amount.currency),
      ),
  )[0];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
