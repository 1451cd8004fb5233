/** What a figure came to: plain, so that it compares; `n` persons are behind it. */
export interface Told {
  value: number | string | { min: number; max: number | null };
  n: number;
  uncertain: number;
}

interface Entry {
  person: string;
  amount: number;
  most: number;
  money: bigint;
  uncertain: boolean;
}

/** Everything that is said about each figure, entry by entry; added up at the end. */
export class Entries {
  readonly #entries = new Map<string, Entry[]>();

  add(key: string, person: string, entry: Partial<Omit<Entry, 'person'>>): void {
    const { amount = 0, most = amount, money = 0n, uncertain = false } = entry;
    if (amount === 0 && most === 0 && money === 0n) return;
    const entries = this.#entries.get(key) ?? [];
    entries.push({ person, amount, most, money, uncertain });
    this.#entries.set(key, entries);
  }

  /** By the key of the figure. Terms and amounts are only kept for their means and medians. */
  told(): Map<string, Told> {
    const figures = new Map<string, Told>();
    for (const [key, entries] of this.#entries) {
      const [figure, of] = key.split(/:(.*)/s) as [string, string?];
      if (figure === 'terms' || figure === 'amounts') {
        for (const [name, value] of statistics(entries, figure === 'terms')) {
          const told = figure === 'terms' ? `term_${name}` : `fine_${name}:${of}`;
          figures.set(told, { value, n: personsIn(entries), uncertain: 0 });
        }
      } else figures.set(key, FORMS.find(([names]) => names.test(figure))![1](entries));
    }
    return figures;
  }
}

type Form = (entries: readonly Entry[]) => Told;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const personsIn = (entries: readonly Entry[]): number => new Set(entries.map(({ person }) => person)).size;
const amountsIn = (entries: readonly Entry[]): number => sum(entries.map(({ amount }) => amount));
const endless = (days: number): number | null => (Number.isFinite(days) ? days : null);

const persons: Form = (entries) => {
  const certain = new Set(entries.flatMap(({ person, uncertain }) => (uncertain ? [] : [person])));
  const n = personsIn(entries);
  return { value: n, n, uncertain: n - certain.size };
};
const pair: Form = (entries) => ({
  value: { min: amountsIn(entries), max: endless(sum(entries.map(({ most }) => most))) },
  n: personsIn(entries),
  uncertain: 0,
});
const money: Form = (entries) => ({
  value: hundredths(entries.reduce((total, entry) => total + entry.money, 0n) * 100n, 1_000_000n),
  n: personsIn(entries),
  uncertain: 0,
});
const count: Form = (entries) => ({
  value: endless(amountsIn(entries)) ?? 'absent',
  n: personsIn(entries),
  uncertain: entries.filter(({ uncertain }) => uncertain).length,
});
const longest: Form = (entries) => ({
  value: Math.max(...entries.map(({ amount }) => amount)),
  n: personsIn(entries),
  uncertain: 0,
});

const FORMS: readonly [names: RegExp, form: Form][] = [
  [/^longest_run$/, longest],
  [/^(persons_|held|fines_at_least)/, persons],
  [/^fines_(gross|net|paid|refunded|outstanding)$/, money],
  [/^(days_(in_custody|served)_by_month)/, count],
  [/^(days_|counsel_denial_hours|condition_hours)/, pair],
  [/./, count],
];

/** The number of hundredths as a decimal, a half away from zero. */
function hundredths(dividend: bigint, divisor: bigint): string {
  const whole = dividend / divisor + (2n * (dividend % divisor) >= divisor ? 1n : 0n);
  return `${whole / 100n}.${String(whole % 100n).padStart(2, '0')}`;
}

function statistics(entries: readonly Entry[], areDays: boolean): [name: string, value: string][] {
  const numbers = entries.map(({ amount, money: paid }) => (areDays ? BigInt(amount) * 1_000_000n : paid));
  numbers.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = numbers.length >> 1;
  const twice = numbers.length % 2 === 1 ? 2n * numbers[middle]! : numbers[middle - 1]! + numbers[middle]!;
  const total = numbers.reduce((all, number) => all + number, 0n);
  const written = (dividend: bigint, divisor: bigint): string => {
    const text = hundredths(dividend * 100n, divisor * 1_000_000n);
    return areDays ? String(Number(text)) : text;
  };
  return [
    ['mean', written(total, BigInt(numbers.length))],
    ['median', written(twice, 2n)],
    ['least', written(numbers[0]!, 1n)],
    ['greatest', written(numbers.at(-1)!, 1n)],
  ];
}
