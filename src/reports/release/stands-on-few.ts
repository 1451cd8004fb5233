import { K } from './k.js';
import { relationsOf, settles, without, type Relation } from './relations.js';
import type { SparseRow } from './sparse-row.js';

/** Numbers looked at after which it counts as unsafe what could not be shown to be safe: a fraction of a second. */
const MOST_WORK = 10_000_000;
/** Classes that are looked through together; of more it is not tried. */
const MOST_CLASSES = 1_000;

/**
 * Whether some combination of the row with the others, the row being part of it, holds something of 1 to k − 1 persons only. Also true
 * where that takes too long to tell. Exact: where classes add up to nothing in all others and not in the row, every combination
 * holds something of one of these classes, and so of all its persons. So the few are looked for among them.
 */
export function standsOnFew(row: SparseRow, others: readonly SparseRow[], sizes: Int32Array): boolean {
  const classes = [...new Set([row, ...others].flatMap((each) => [...each.classes]))];
  if (classes.length > MOST_CLASSES || others.length > MOST_CLASSES) return true;
  // A class of many persons is never among the few, so it may stand in many relations.
  classes.sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  const place = new Map(classes.map((each, i) => [each, i]));
  const dense = (each: SparseRow): Float64Array => {
    const values = new Float64Array(classes.length);
    each.classes.forEach((one, i) => (values[place.get(one) ?? 0] = each.values[i] ?? 0));
    return values;
  };
  const relations = relationsOf(others.map(dense), dense(row));
  // What the others give already is nothing new.
  if (relations.every(({ sum }) => sum === 0)) return false;
  return new Search(classes.map((each) => sizes[each] ?? 0)).found(relations, 0, new Set());
}

class Search {
  #work = 0;

  constructor(private readonly sizes: readonly number[]) {}

  /** `few`: so many persons are taken already. `relations`: of the classes that are not. `tried`: classes for which it was looked before. */
  found(relations: readonly Relation[], few: number, tried: ReadonlySet<number>): boolean {
    const open = relations.filter(({ sum }) => sum !== 0).sort((a, b) => a.length - b.length);
    const [shortest] = open;
    if (!shortest) return true;
    if (few + this.#leastIn(open) >= K) return false;
    const exhausted = new Set(tried);
    for (let place = 0; place < shortest.weights.length; place++) {
      if (shortest.weights[place] === 0 || exhausted.has(place)) continue;
      if (this.#foundWith(place, shortest, relations, few, exhausted)) return true;
      exhausted.add(place);
    }
    return false;
  }

  /** Relations that share no class need somebody each. */
  #leastIn(open: readonly Relation[]): number {
    const taken = new Uint8Array(this.sizes.length);
    let persons = 0;
    for (const { weights } of open) {
      let least = K;
      let isApart = true;
      for (let place = 0; place < weights.length && isApart; place++) {
        if (weights[place] === 0) continue;
        if (taken[place] === 1) isApart = false;
        else least = Math.min(least, this.sizes[place] ?? 0);
      }
      if (!isApart) continue;
      persons += least;
      if (persons >= K) return persons;
      for (let place = 0; place < weights.length; place++) if (weights[place] !== 0) taken[place] = 1;
    }
    return persons;
  }

  #foundWith(
    place: number,
    by: Relation,
    relations: readonly Relation[],
    few: number,
    tried: ReadonlySet<number>,
  ): boolean {
    const more = few + (this.sizes[place] ?? 0);
    if (more >= K) return false;
    this.#work += more === K - 1 ? 4 : relations.length * this.sizes.length;
    if (this.#work > MOST_WORK) return true;
    if (more === K - 1) return settles(relations, place, by);
    return this.found(without(relations, place), more, tried);
  }
}
