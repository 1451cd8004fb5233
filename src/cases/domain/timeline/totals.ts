import type { Law } from '../law/law.js';
import { formatMoney } from '../money/money.js';
import type { Casebook } from './casebook.js';
import { counselFigures, type CounselFigures, type Hours } from './counsel.js';
import type { DatedFact } from './docket.js';
import type { FactType } from '../facts/facts.js';
import type { WorldFigures } from './figures.js';
import { baseUnitsStanding, fineLines, finesBy, type FineLine } from './fines.js';
import { factDayIn } from './world.js';

/** Days in the smaller and the larger of two worlds; null has no upper bound. */
export interface Days {
  min: number;
  max: number | null;
}

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

export interface Totals {
  arrests: number;
  charges: number;
  hearings: number;
  decisions: number;
  sentences: number;
  daysImposed: { gross: Days; net: Days };
  daysToServe: Days;
  daysInCustody: Days;
  daysServed: Days;
  daysOutstanding: Days;
  daysInCustodyWithoutSentence: Days;
  fines: FineTotal[];
  counselDenials: CounselFigures;
  conditions: { count: number; hours: Hours };
}

export function daysBetween(a: number, b: number): Days {
  const max = Math.max(a, b);
  return { min: Math.min(a, b), max: max === Infinity ? null : max };
}

export function totalsOn(
  book: Casebook,
  law: Law,
  day: number,
  narrow: WorldFigures,
  wide: WorldFigures,
): Totals {
  const by = <T extends FactType>(type: T): DatedFact<T>[] =>
    book.of(type).filter((fact) => factDayIn('narrow', fact) <= day);
  const days = (figure: (world: WorldFigures) => number): Days => daysBetween(figure(narrow), figure(wide));
  const conditions = by('ConditionReported');
  const hours = conditions.reduce((sum, { data }) => sum + (data.hours ?? 0), 0);
  return {
    arrests: by('Arrested').length,
    charges: by('Charged').length,
    hearings: new Set([...by('HearingScheduled'), ...by('HearingHeld')].map(({ data }) => data.hearingId))
      .size,
    decisions: by('DecisionRendered').length,
    sentences: by('Sentenced').length,
    daysImposed: { gross: days((w) => w.imposedGross), net: days((w) => w.imposedNet) },
    daysToServe: days((w) => w.toServe),
    daysInCustody: days((w) => w.inCustody),
    daysServed: days((w) => w.served),
    daysOutstanding: days((w) => w.outstanding),
    daysInCustodyWithoutSentence: days((w) => w.withoutSentence),
    fines: fineTotals(book, law, day),
    counselDenials: counselFigures(by('CounselDenied'), law.accessToCounselHours.value),
    conditions: { count: conditions.length, hours: { min: hours, max: hours } },
  };
}

/** Per currency, never summed across them. */
function fineTotals(book: Casebook, law: Law, day: number): FineTotal[] {
  const lines = finesBy(book, day).flatMap((fine) =>
    fineLines(fine, law, day).map((line) => ({ line, baseUnits: baseUnitsStanding(fine, day) })),
  );
  const perCurrency = Map.groupBy(lines, ({ line }) => line.currency);
  return [...perCurrency.keys()].sort().map((currency) => {
    const inCurrency = perCurrency.get(currency)!;
    const sum = (amount: (line: FineLine) => bigint): string =>
      formatMoney(
        inCurrency.reduce((total, { line }) => total + amount(line), 0n),
        currency,
      );
    return {
      currency,
      count: inCurrency.length,
      imposed: sum((line) => line.imposed),
      net: sum((line) => line.net),
      paid: sum((line) => line.paid),
      refunded: sum((line) => line.refunded),
      outstanding: sum((line) => line.outstanding),
      baseUnits: inCurrency.reduce((total, { baseUnits }) => total + baseUnits, 0),
      atLeast: inCurrency.some(({ line }) => line.atLeast),
      reported: inCurrency.some(({ line }) => line.reported),
    };
  });
}
