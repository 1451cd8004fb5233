/** How often each amount occurs: terms and fines without number take no more room than there are different ones. */
export class Spread {
  readonly #times = new Map<bigint, number>();
  #count = 0;

  add(amount: bigint): void {
    this.#times.set(amount, (this.#times.get(amount) ?? 0) + 1);
    this.#count += 1;
  }

  /** Undefined without any; else plain decimals to two digits, of a unit of which an amount has `digits` decimals. */
  summary(digits: number): Summary | undefined {
    if (this.#count === 0) return undefined;
    const amounts = [...this.#times].sort(([a], [b]) => (a < b ? -1 : 1));
    const sum = amounts.reduce((total, [amount, times]) => total + amount * BigInt(times), 0n);
    const at = (place: number): bigint => {
      let passed = 0;
      return amounts.find(([, times]) => (passed += times) > place)![0];
    };
    const middle = at(Math.floor((this.#count - 1) / 2)) + at(Math.floor(this.#count / 2));
    const unit = 10n ** BigInt(digits);
    return {
      mean: rounded(sum, BigInt(this.#count) * unit),
      median: rounded(middle, 2n * unit),
      least: rounded(amounts[0]![0], unit),
      greatest: rounded(amounts.at(-1)![0], unit),
    };
  }
}

export type Summary = Record<'mean' | 'median' | 'least' | 'greatest', string>;

/** A fraction to two decimals, a half away from zero. The divisor is above zero. */
export function rounded(dividend: bigint, divisor: bigint): string {
  const negative = dividend < 0n;
  const hundredths = ((negative ? -dividend : dividend) * 200n + divisor) / (2n * divisor);
  const text = hundredths.toString().padStart(3, '0');
  return `${negative && hundredths > 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}
