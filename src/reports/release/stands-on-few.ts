import { K } from './k.js';
import { relationsOf, settles, without, type Relation } from './relations.js';
import type { SparseRow } from './sparse-row.js';

/** Numbers looked at after which it counts as unsafe what could not be shown to be safe: some seconds. */
const MOST_WORK = 300_000_000;

type PersonsOf = (place: number) => readonly number[];

/**
 * Whether some combination of the row with the others, the row being part of it, holds something of 1 to k − 1 persons only. Also true
 * where that takes too long to tell. Exact: where columns add up to nothing in all others and not in the row, every combination
 * holds something of one of these columns, and of all the persons in it. So the few are looked for among them.
 */
export function standsOnFew(row: SparseRow, others: readonly SparseRow[], personsOf: PersonsOf): boolean {
  const classes = [...new Set([row, ...others].flatMap((each) => [...each.classes]))];
  const place = new Map(classes.map((each, i) => [each, i]));
  const dense = (each: SparseRow): Float64Array => {
    const values = new Float64Array(classes.length);
    each.classes.forEach((one, i) => (values[place.get(one) ?? 0] = each.values[i] ?? 0));
    return values;
  };
  const persons = classes.map(personsOf);
  // A column of many persons is never among the few, so it may stand in many relations.
  const order = persons.map((_, i) => i).sort((a, b) => (persons[b]?.length ?? 0) - (persons[a]?.length ?? 0));
  const relations = relationsOf(others.map(dense), dense(row), order);
  // What the others give already is nothing new.
  return relations.some(({ sum }) => sum !== 0) && new Search(persons).found(relations, new Set(), new Set());
}

class Search {
  readonly #columnsOf = new Map<number, number[]>();
  #work = 0;

  constructor(private readonly persons: readonly (readonly number[])[]) {
    persons.forEach((each, column) =>
      each.forEach((person) => this.#columnsOf.set(person, [...(this.#columnsOf.get(person) ?? []), column])),
    );
  }

  /** `relations`: of the columns that are not the few persons' alone. `tried`: columns without which it was looked for before. */
  found(relations: readonly Relation[], few: ReadonlySet<number>, tried: Set<number>): boolean {
    const open = relations.filter(({ sum }) => sum !== 0);
    const shortest = open.reduce<Relation | undefined>(
      (best, each) => (best && best.length <= each.length ? best : each),
      undefined,
    );
    if (!shortest) return true;
    const exhausted = new Set(tried);
    for (const [column, weight] of shortest.weights.entries()) {
      if (weight === 0 || exhausted.has(column)) continue;
      if (this.#foundWith(column, shortest, relations, few, exhausted)) return true;
      exhausted.add(column);
    }
    return false;
  }

  #foundWith(
    column: number,
    by: Relation,
    relations: readonly Relation[],
    few: ReadonlySet<number>,
    tried: Set<number>,
  ): boolean {
    const more = new Set([...few, ...(this.persons[column] ?? [])]);
    if (more.size >= K) return false;
    const own = this.#closedBy(more, few);
    if (own.some((each) => tried.has(each))) return false;
    if (more.size === K - 1 && own.length === 1) {
      this.#work += 4;
      return settles(relations, column, by);
    }
    this.#work += own.length * relations.length * this.persons.length;
    if (this.#work > MOST_WORK) return true;
    return this.found(own.reduce(without, relations), more, tried);
  }

  /** The columns in which there is nobody else, now that these have joined. */
  #closedBy(persons: ReadonlySet<number>, before: ReadonlySet<number>): number[] {
    const joined = [...persons].filter((person) => !before.has(person));
    const theirs = new Set(joined.flatMap((person) => this.#columnsOf.get(person) ?? []));
    return [...theirs].filter((column) => this.persons[column]?.every((each) => persons.has(each)));
  }
}
