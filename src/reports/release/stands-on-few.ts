import { mayBeMet, placesWorthTrying, type Choices } from './choices.js';
import { connectedTo, type Connected } from './connected.js';
import { K } from './k.js';
import { settledByTwo } from './pairs.js';
import type { ReducedRows } from './reduced-rows.js';
import { relationsOf, without, type Relation } from './relations.js';
import { Shadows } from './shadows.js';
import type { SparseRow } from './sparse-row.js';

/** So many relations are looked at for one that leaves little choice, and for some that share nobody. */
const MOST_COMPARED = 64;

export function standsOnFew(question: SparseRow, others: ReducedRows, sizes: Int32Array): boolean {
  const connected = connectedTo(question, others);
  const search = new Search(question, connected, Uint8Array.from(connected.classes, (one) => Math.min(sizes[one]!, K)));
  const r = search.found();
  (globalThis as any).STAT?.(search.stat, r, others.kept, others.rows.length, question.classes.length);
  return r;
}

const openIn = (relations: readonly Relation[]): Relation[] =>
  relations.filter(({ sum }) => sum !== 0).sort((a, b) => a.classes.length - b.classes.length);

/** What is known of those that are left when some classes were taken. */
interface Known {
  /** All relations; undefined until they are needed. */
  relations?: readonly Relation[];
  /** Relations in which the row in question does not add up to nothing, the short ones first. */
  open: readonly Relation[];
  /** Classes that were taken since. */
  taken: readonly number[];
}

class Search {
  stat = { nodes: [0,0,0,0,0], pruned: [0,0,0,0,0], len: [0,0,0,0,0], anew: 0, pairs: 0, full: 0 };
  /** Classes that may be taken. */
  readonly #isOpen: Uint8Array;

  constructor(
    private readonly question: SparseRow,
    private readonly connected: Connected,
    private readonly sizes: Uint8Array,
  ) {
    this.#isOpen = new Uint8Array(sizes.length).fill(1);
  }

  found(): boolean {
    const open = openIn(relationsOf(this.question, this.connected, { isOpen: true }));
    return this.#found({ open, taken: [] }, Shadows.in(this.question, this.connected), K - 1);
  }

  /** Whether `most` persons more are enough. */
  #found(known: Known, shadows: Shadows, most: number): boolean {
    this.stat.nodes[most]! += 1;
    const choices = this.#choices(known, most);
    if (!mayBeMet(choices, this.sizes, most)) {
      this.stat.pruned[most]!++;
      return false;
    }
    const last = known.taken.at(-1);
    if (most <= 2) {
      const places = Int32Array.from([last!, ...(placesWorthTrying(choices, most) ?? this.#isOpen.keys().filter((place) => this.#isOpen[place] === 1))]);
      if (places.length > 500) this.stat.full++; else this.stat.pairs++;
      const left = shadows.of(places).without(0);
      if (left.sums.every((sum) => sum === 0)) return true;
      return most > 0 && settledByTwo(left, Uint8Array.from(places, (place) => this.sizes[place]!), most);
    }
    const left = last === undefined ? shadows : shadows.without(last);
    if (left.sums.every((sum) => sum === 0)) return true;
    const [shortest] = choices;
    if (known.taken.length > 0 && choices.length < (globalThis as any).FEW) return this.#found(this.#anew(known), left, most);
    if (!shortest) return true;
    this.stat.len[most]! += shortest.length;
    let found = false;
    const tried: number[] = [];
    for (const place of shortest) {
      this.#isOpen[place] = 0;
      tried.push(place);
      found = this.#found({ ...known, taken: [...known.taken, place] }, left, most - this.sizes[place]!);
      if (found) break;
    }
    for (const place of tried) this.#isOpen[place] = 1;
    return found;
  }

  #choices({ open, taken }: Known, most: number): Choices {
    const choices: number[][] = [];
    for (const { classes } of open) {
      const choice: number[] = [];
      let isTouched = false;
      for (let i = 0; i < classes.length && !isTouched; i++) {
        const place = classes[i]!;
        if (this.#isOpen[place] === 1) {
          if (this.sizes[place]! <= most) choice.push(place);
        } else isTouched = taken.includes(place);
      }
      if (!isTouched && choices.push(choice) === MOST_COMPARED) break;
    }
    return choices.sort((a, b) => a.length - b.length);
  }

  #anew({ relations, taken }: Known): Known {
    this.stat.anew++;
    const before = relations ?? relationsOf(this.question, this.connected, { isOpen: false });
    const left = taken.reduce((those, place) => without(those, place, this.sizes.length), before);
    return { relations: left, open: openIn(left), taken: [] };
  }
}
