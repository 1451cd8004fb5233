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
  /** Classes that may hold something, each once, and how many there are. */
  readonly #touched: Int32Array;
  readonly #isTouched: Uint8Array;
  #count = 0;

  constructor(classes: number) {
    this.#values = new Float64Array(classes);
    this.#touched = new Int32Array(classes);
    this.#isTouched = new Uint8Array(classes);
  }

  at(place: number): number {
    return this.#values[place]!;
  }

  begin({ classes, values }: SparseRow): void {
    for (let i = 0; i < this.#count; i++) {
      const place = this.#touched[i]!;
      this.#values[place] = 0;
      this.#isTouched[place] = 0;
    }
    this.#count = 0;
    for (let i = 0; i < classes.length; i++) {
      const place = classes[i]!;
      this.#touch(place);
      this.#values[place] = values[i]!;
    }
  }

  subtract({ classes, values }: SparseRow, factor: number): void {
    for (let i = 0; i < classes.length; i++) {
      const place = classes[i]!;
      if (this.#isTouched[place] === 0) this.#touch(place);
      this.#values[place] = minus(this.#values[place]!, times(factor, values[i]!));
    }
  }

  /** Its classes ascend. */
  result(): SparseRow {
    const classes = this.#touched
      .subarray(0, this.#count)
      .filter((place) => this.#values[place] !== 0)
      .sort();
    const values = new Float64Array(classes.length);
    for (let i = 0; i < classes.length; i++) values[i] = this.#values[classes[i]!]!;
    return { classes, values };
  }

  #touch(place: number): void {
    this.#isTouched[place] = 1;
    this.#touched[this.#count] = place;
    this.#count += 1;
  }
}
