import type { Money } from '../../../src/cases/domain/facts/common.js';
import { baseUnitOn, OLD_ROUBLES_IN_ONE } from './law.js';
import { ofType, type Known } from './known.js';
import { dateIn } from './world.js';

export interface FineTotal {
  currency: string;
  count: number;
  imposed: string;
  net: string;
  paid: string;
  refunded: string;
  outstanding: string;
  baseUnits: number;
  atLeast: boolean;
  reported: boolean;
}

const SCALE = 6;

/** Millionths of a unit of the currency, so that no product of what the cases hold is ever rounded. */
export function millionths(value: string): bigint {
  const [whole, fraction = ''] = value.split('.');
  return BigInt(`${whole}${fraction.padEnd(SCALE, '0')}`);
}

const WITHOUT_HUNDREDTHS: ReadonlySet<string> = new Set(['BYR', 'JPY', 'KRW']);

function show(amount: bigint, currency: string): string {
  const digits = WITHOUT_HUNDREDTHS.has(currency) ? 0 : 2;
  const step = 10n ** BigInt(SCALE - digits);
  const units = (amount + step / 2n) / step;
  const text = units.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** A fine as it stands in one currency. */
interface Line {
  currency: string;
  imposed: bigint;
  net: bigint;
  paid: bigint;
  refunded: bigint;
  outstanding: bigint;
  baseUnits: number;
  atLeast: boolean;
  reported: boolean;
}

/** An amount in the currency of a line; null if it is given in another one. */
function inCurrency(money: Money, currency: string): bigint | null {
  if (money.currency === currency) return millionths(money.value);
  if (currency === 'BYR' && money.currency === 'BYN') return millionths(money.value) * OLD_ROUBLES_IN_ONE;
  return null;
}

const isAtLeast = (money: Money): boolean => money.qualifier === 'at_least';

function imposedLines(fine: Known<'Fined'>): Line[] {
  const { amount, baseUnits, reported } = fine.data;
  const line = (currency: string, imposed: bigint, atLeast: boolean, isReported: boolean): Line => ({
    currency,
    imposed,
    net: imposed,
    paid: 0n,
    refunded: 0n,
    outstanding: 0n,
    baseUnits: 0,
    atLeast,
    reported: isReported,
  });
  if (amount) return [line(amount.currency, millionths(amount.value), isAtLeast(amount), false)];
  if (baseUnits !== undefined) {
    const unit = baseUnitOn(dateIn('narrow', fine));
    if (!unit) return [];
    const price = (millionths(String(baseUnits)) * unit.hundredths) / 100n;
    return [line(unit.currency, price, false, false)];
  }
  const currencies = [...new Set((reported ?? []).map((money) => money.currency))];
  return currencies.map((currency) => {
    const given = (reported ?? []).filter((money) => money.currency === currency);
    const amounts = given.map((money) => millionths(money.value));
    const smallest = amounts.reduce((least, next) => (next < least ? next : least));
    return line(currency, smallest, given.length > 1 || given.some(isAtLeast), true);
  });
}

/** The latest reduction by date, of those of one date the smaller. */
function reductionOf(fine: Known<'Fined'>, facts: readonly Known[]): Money | null {
  const size = (money: Money): bigint => inCurrency(money, 'BYR') ?? millionths(money.value);
  let chosen: Known<'FineReduced'> | null = null;
  for (const fact of ofType(facts, 'FineReduced')) {
    if (fact.data.penaltyId !== fine.data.penaltyId) continue;
    const later = chosen === null ? 1 : dateIn('narrow', fact) - dateIn('narrow', chosen);
    const smaller = chosen !== null && size(fact.data.amount) < size(chosen.data.amount);
    if (later > 0 || (later === 0 && smaller)) chosen = fact;
  }
  return chosen?.data.amount ?? null;
}

function linesOf(fine: Known<'Fined'>, facts: readonly Known[]): Line[] {
  const lines = imposedLines(fine);
  const concerns = (fact: { data: { penaltyId: string } }): boolean =>
    fact.data.penaltyId === fine.data.penaltyId;
  const inForce = !ofType(facts, 'FineWithdrawn', 'PenaltyAnnulled').some(concerns);
  const reduction = reductionOf(fine, facts);
  const payments = ofType(facts, 'FinePaid').filter(concerns);
  const refunds = ofType(facts, 'FineRefunded').filter(concerns);

  for (const line of lines) {
    if (reduction) {
      const reduced = inCurrency(reduction, line.currency);
      if (reduced !== null) line.net = reduced;
      else if (line.reported) line.net = 0n;
      if (reduced !== null && isAtLeast(reduction)) line.atLeast = true;
    }
    if (!inForce) line.net = 0n;
    if (inForce && !reduction) line.baseUnits = fine.data.baseUnits ?? 0;

    let paidElsewhere = false;
    for (const { data } of payments) {
      const amount = inCurrency(data.amount, line.currency);
      if (amount === null) paidElsewhere = true;
      else line.paid += amount;
      if (amount !== null && isAtLeast(data.amount)) line.atLeast = true;
    }
    for (const { data } of refunds) {
      const amount = inCurrency(data.amount, line.currency);
      if (amount !== null) line.refunded += amount;
      if (amount !== null && isAtLeast(data.amount)) line.atLeast = true;
    }
    const owed = line.net - (line.paid - line.refunded);
    line.outstanding = owed < 0n || (line.reported && paidElsewhere) ? 0n : owed;
  }
  return lines;
}

/** Per currency and never across; `facts` are those of the narrow world up to the day asked about. */
export function fineTotals(facts: readonly Known[]): FineTotal[] {
  const lines = ofType(facts, 'Fined').flatMap((fine) => linesOf(fine, facts));
  const currencies = [...new Set(lines.map((line) => line.currency))].sort();
  return currencies.map((currency) => {
    const own = lines.filter((line) => line.currency === currency);
    const sum = (of: (line: Line) => bigint): string =>
      show(
        own.reduce((total, line) => total + of(line), 0n),
        currency,
      );
    return {
      currency,
      count: own.length,
      imposed: sum((line) => line.imposed),
      net: sum((line) => line.net),
      paid: sum((line) => line.paid),
      refunded: sum((line) => line.refunded),
      outstanding: sum((line) => line.outstanding),
      baseUnits: own.reduce((total, line) => total + line.baseUnits, 0),
      atLeast: own.some((line) => line.atLeast),
      reported: own.some((line) => line.reported),
    };
  });
}
