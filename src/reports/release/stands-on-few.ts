import { K } from './k.js';
import { inverse, minus, times } from './prime-field.js';
import type { SparseRow } from './sparse-row.js';

/** Steps of arithmetic after which it counts as unsafe what could not be shown to be safe. */
const MOST_WORK = 200_000_000;

type PersonsOf = (place: number) => readonly number[];

/**
 * Whether some combination of the row with the others, the row being part of it, holds something of 1 to k − 1 persons only. Also true
 * where that takes too long to tell. Exact: such persons are looked for by what they must be part of. If columns add up to nothing in all
 * others and not in the row, every combination holds something of one of them, so one of them has all its persons among the few.
 */
export function standsOnFew(row: SparseRow, others: readonly SparseRow[], personsOf: PersonsOf): boolean {
  const classes = [...new Set([row, ...others].flatMap((each) => [...each.classes]))];
  const place = new Map(classes.map((each, i) => [each, i]));
  const dense = (each: SparseRow): Float64Array => {
    const values = new Float64Array(classes.length);
    each.classes.forEach((one, i) => (values[place.get(one) ?? 0] = each.values[i] ?? 0));
    return values;
  };
  return new Search(
    classes.map(personsOf),
    dense(row),
    others.map((each) => dense(each)),
  ).found();
}

class Search {
  readonly #seen = new Set<string>();
  #work = 0;

  constructor(
    private readonly persons: readonly (readonly number[])[],
    private readonly row: Float64Array,
    private readonly others: readonly Float64Array[],
  ) {}

  found(): boolean {
    // What the others give already is nothing new.
    return this.#relation(new Set()) !== undefined && this.#foundWith(new Set());
  }

  #foundWith(few: ReadonlySet<number>): boolean {
    const name = [...few].sort().join();
    if (this.#seen.has(name)) return false;
    this.#seen.add(name);
    if (this.#work > MOST_WORK) return true;
    const relation = this.#relation(few);
    if (!relation) return true;
    return this.#affordable(relation, few).some((column) =>
      this.#foundWith(new Set([...few, ...(this.persons[column] ?? [])])),
    );
  }

  #affordable(columns: readonly number[], few: ReadonlySet<number>): number[] {
    return columns.filter((column) => few.size + this.#cost(column, few) < K);
  }

  #cost(column: number, few: ReadonlySet<number>): number {
    return (this.persons[column] ?? []).filter((person) => !few.has(person)).length;
  }

  /**
   * Columns of others than the few that add up to nothing in all other rows, but not in this one; undefined if there are none, so that
   * a combination holds something of the few alone. Of many, those with the fewest ways to go on.
   */
  #relation(few: ReadonlySet<number>): number[] | undefined {
    const live = this.persons
      .map((_, column) => ({ column, cost: this.#cost(column, few) }))
      .filter(({ cost }) => cost > 0)
      .sort((a, b) => b.cost - a.cost)
      .map(({ column }) => column);
    const { rows, row } = this.#reduced(live);
    let best: { columns: number[]; ways: number } | undefined;
    for (const column of live) {
      if (row[column] === 0) continue;
      const columns = [column, ...rows.flatMap(({ pivot, values }) => (values[column] === 0 ? [] : [pivot]))];
      const ways = this.#affordable(columns, few).length;
      if (!best || ways < best.ways) best = { columns, ways };
    }
    return best?.columns;
  }

  /** Gauss and Jordan, over the columns given: each row alone has its pivot. */
  #reduced(live: readonly number[]): {
    rows: { pivot: number; values: Float64Array }[];
    row: Float64Array;
  } {
    const left = this.others.map((each) => each.slice());
    const rows: { pivot: number; values: Float64Array }[] = [];
    const row = this.row.slice();
    for (const pivot of live) {
      const at = left.findIndex((each) => each[pivot] !== 0);
      const values = left[at];
      if (!values) continue;
      left.splice(at, 1);
      const by = inverse(values[pivot] ?? 1);
      for (const column of live) values[column] = times(values[column] ?? 0, by);
      for (const each of [...left, ...rows.map((one) => one.values), row])
        this.#clear(each, values, pivot, live);
      rows.push({ pivot, values });
      if (left.length === 0) break;
    }
    return { rows, row };
  }

  #clear(row: Float64Array, by: Float64Array, pivot: number, live: readonly number[]): void {
    const factor = row[pivot] ?? 0;
    if (factor === 0) return;
    this.#work += live.length;
    for (const column of live) row[column] = minus(row[column] ?? 0, times(factor, by[column] ?? 0));
  }
}
