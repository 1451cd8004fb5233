import { K } from './k.js';
import { DIRECTIONS, settledByFew } from './pairs.js';
import type { ReducedRows } from './reduced-rows.js';
import { connectedTo, without, type Relation } from './relations.js';
import { seenWithout, shadowsOf } from './shadows.js';
import type { SparseRow } from './sparse-row.js';

export function standsOnFew(question: SparseRow, others: ReducedRows, sizes: Int32Array): boolean {
  const { classes, relations } = connectedTo(question, others);
  const search = new Search(Uint8Array.from(classes, (one) => Math.min(sizes[one]!, K)));
  const r = search.found(relations, K - 1, new Uint8Array(classes.length).fill(1));
  (globalThis as any).STAT?.(search.stat, r, classes.length, relations.length, question.classes.length);
  return r;
}

class Search {
  stat = { nodes: [0,0,0,0,0], pruned: [0,0,0,0,0], len: [0,0,0,0,0], pairs: 0, shadows: 0, packed:0 };

  constructor(private readonly sizes: Uint8Array) {}

  found(relations: readonly Relation[], most: number, isOpen: Uint8Array): boolean {
    this.stat.nodes[most]! += 1;
    const open = this.#ofQuestion(relations, isOpen, most);
    const [shortest] = open;
    if (!shortest) return true;
    if (shortest.candidates.length === 0 || this.#leastIn(open, most) > most) { this.stat.pruned[most]! += 1; return false;}
    this.stat.len[most]! += shortest.candidates.length;
    if (most <= 2) { this.stat.pairs++; return settledByFew(shadowsOf(relations, this.sizes.length, DIRECTIONS), this.sizes, isOpen, most);}
    const left = isOpen.slice();
    const shadows = most === 3 ? (this.stat.shadows++, shadowsOf(relations, this.sizes.length, DIRECTIONS + 1)) : undefined;
    for (const column of shortest.candidates) {
      const rest = most - this.sizes[column]!;
      left[column] = 0;
      if (shadows && rest > 0) {
        if (this.#isSpreadWithout(open, column, left, rest)) continue;
        this.stat.pairs++;
        if (settledByFew(seenWithout(shadows, column), this.sizes, left, rest)) return true;
      } else {
        if (this.#isSpreadWithout(open, column, left, rest)) continue;
        if (this.found(without(relations, column), rest, left)) return true;
      }
    }
    return false;
  }

  #ofQuestion(relations: readonly Relation[], isOpen: Uint8Array, most: number) {
    return relations
      .filter(({ sum }) => sum !== 0)
      .map((relation) => ({
        relation,
        candidates: relation.columns.filter((column) => isOpen[column] === 1 && this.sizes[column]! <= most),
      }))
      .sort((a, b) => a.candidates.length - b.candidates.length);
  }

  #isSpreadWithout(open: readonly { relation: Relation; candidates: Int32Array }[], column: number, isOpen: Uint8Array, most: number): boolean {
    return this.#leastIn(open.filter(({ relation }) => !relation.columns.includes(column)).map(({relation, candidates}) => ({relation, candidates: candidates.filter(c => isOpen[c] === 1 && this.sizes[c]! <= most)})).sort((a, b) => a.candidates.length - b.candidates.length), most) > most;
  }

  /** Relations that share no column that can be taken need somebody each. */
  #leastIn(open: readonly { candidates: Int32Array }[], most: number): number {
    const taken = new Uint8Array(this.sizes.length);
    let persons = 0;
    for (const { candidates } of open) {
      if (candidates.some((column) => taken[column] === 1)) continue;
      persons += candidates.reduce((least, column) => Math.min(least, this.sizes[column]!), K);
      if (persons > most) return persons;
      for (const column of candidates) taken[column] = 1;
    }
    return persons;
  }
}
