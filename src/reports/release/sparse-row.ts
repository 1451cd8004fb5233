import { inverse, minus, times } from './prime-field.js';

/** What a combination of cells holds of each class; zeros are left out. */
export interface SparseRow {
  classes: Int32Array;
  values: Float64Array;
}

/** The same, so that it holds the class once. */
export function scaledTo({ classes, values }: SparseRow, place: number): SparseRow {
  const by = inverse(values[place] ?? 1);
  return { classes, values: values.map((value) => times(value, by)) };
}

/** A row in the making, over all classes. */
export class WorkingRow {
  readonly #values: Float64Array;
  readonly #touched: number[] = [];

  constructor(classes: number) {
    this.#values = new Float64Array(classes);
  }

  at(place: number): number {
    return this.#values[place] ?? 0;
  }

  begin({ classes, values }: SparseRow): void {
    for (const each of this.#touched) this.#values[each] = 0;
    this.#touched.length = 0;
    for (let i = 0; i < classes.length; i++) {
      const place = classes[i] ?? 0;
      this.#values[place] = values[i] ?? 0;
      this.#touched.push(place);
    }
  }

  subtract({ classes, values }: SparseRow, factor: number): void {
    for (let i = 0; i < classes.length; i++) {
      const place = classes[i] ?? 0;
      const before = this.#values[place] ?? 0;
      if (before === 0) this.#touched.push(place);
      this.#values[place] = minus(before, times(factor, values[i] ?? 0));
    }
  }

  result(): SparseRow {
    const classes = Int32Array.from(new Set(this.#touched)).filter((place) => this.#values[place] !== 0);
    return { classes, values: Float64Array.from(classes, (place) => this.#values[place] ?? 0) };
  }
}
