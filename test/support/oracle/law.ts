import { dayOf, type Day } from './days.js';

/** The law of Belarus as the design text gives it, written down once more so that a slip in the other copy shows. */
export interface BaseUnit {
  from: Day;
  /** In hundredths of the currency. */
  hundredths: bigint;
  currency: 'BYN' | 'BYR';
}

const unit = (from: Day, value: number, currency: 'BYN' | 'BYR' = 'BYN'): BaseUnit => ({
  from,
  hundredths: BigInt(value * 100),
  currency,
});

const BASE_UNITS: readonly BaseUnit[] = [
  unit(dayOf(2015, 1, 1), 180_000, 'BYR'),
  unit(dayOf(2016, 1, 1), 210_000, 'BYR'),
  unit(dayOf(2016, 7, 1), 21),
  unit(dayOf(2017, 1, 1), 23),
  unit(dayOf(2018, 1, 1), 24.5),
  unit(dayOf(2019, 1, 1), 25.5),
  unit(dayOf(2020, 1, 1), 27),
  unit(dayOf(2021, 1, 1), 29),
  unit(dayOf(2022, 1, 1), 32),
  unit(dayOf(2023, 1, 1), 37),
  unit(dayOf(2024, 1, 1), 40),
  unit(dayOf(2025, 1, 1), 42),
  unit(dayOf(2026, 1, 1), 45),
];

export const NEW_ROUBLE = dayOf(2016, 7, 1);
export const OLD_ROUBLES_IN_ONE = 10_000n;

export const baseUnitOn = (day: Day): BaseUnit | undefined => BASE_UNITS.findLast(({ from }) => from <= day);

/** Every unit in force on some day from `earliest` to `latest`. */
export const baseUnitsWithin = (earliest: Day, latest: Day): BaseUnit[] =>
  BASE_UNITS.filter(({ from }, i) => from <= latest && (BASE_UNITS[i + 1]?.from ?? Infinity) > earliest);

/** One family of articles, through both codes. */
export const MASS_EVENTS: readonly string[] = ['23.34', '24.23'];

/** The day the code of 2021 took the place of that of 2003. */
const NEW_CODE = dayOf(2021, 3, 1);

export function sentenceMaximum(article: string | undefined, decided: Day, repeated: boolean): number {
  return article === '24.23' && decided >= NEW_CODE && repeated ? 30 : 15;
}

/** In base units; null where no law at hand was in force that says anything. */
export function fineMaximum(article: string | undefined, decided: Day, repeated: boolean): number | null {
  if (article === '23.34' && decided < NEW_CODE) return 50;
  if (article === '24.23' && decided >= NEW_CODE) return repeated ? 200 : 100;
  return null;
}
