import { mayBeMet, placesWorthTrying, type Choices } from './choices.js';
import { connectedTo, type Connected } from './connected.js';
import { K } from './k.js';
import type { ReducedRows } from './reduced-rows.js';
import { relationsOf, without, type Relation } from './relations.js';
import { settledByTwo } from './settled-by-two.js';
import { Shadows } from './shadows.js';
import type { SparseRow } from './sparse-row.js';
import type { Work } from './work.js';

/** So many relations are looked at for one that leaves little choice, and for some that share nobody. */
const MOST_COMPARED = 64;
/** With fewer, others are made. */
const FEW_COMPARED = 10;

/**
 * Whether some combination of a row with the others, the row being part of it, holds something of 1 to k − 1 persons only. `question`: what
 * is left of the row by the others. Also true where that takes too long to tell. Exact: where classes add up to nothing in all others and
 * not in the row, every combination holds something of one of these classes, and so of all its persons. So the few are looked for among them.
 */
export function standsOnFew(
  question: SparseRow,
  others: ReducedRows,
  { sizes, work }: { sizes: Int32Array; work: Work },
): boolean {
  work.begin();
  const connected = connectedTo(question, others);
  work.count(connected.rows.reduce((sum, { classes }) => sum + classes.length, 0));
  return new Search(
    question,
    connected,
    Uint8Array.from(connected.classes, (one) => Math.min(sizes[one]!, K)),
    work,
  ).found();
}

/** What is known when some classes are taken. Classes go by their places among the connected. */
interface Known {
  /** All relations in which those that were taken before have no part; undefined until they are needed. */
  relations?: readonly Relation[];
  /** Of these, such as do not add up to nothing in the row, the short ones first. */
  open: readonly Relation[];
  /** Taken since. */
  taken: readonly number[];
  /** Of all but the last of them. */
  shadows: Shadows;
}

class Search {
  /** Classes that may be taken: not those with which it was looked before. */
  readonly #isOpen: Uint8Array;

  constructor(
    private readonly question: SparseRow,
    private readonly connected: Connected,
    private readonly sizes: Uint8Array,
    private readonly work: Work,
  ) {
    this.#isOpen = new Uint8Array(sizes.length).fill(1);
  }

  found(): boolean {
    const { question, connected } = this;
    const open = openIn(relationsOf(question, connected, { isOpen: true }));
    const most = K - 1;
    // Mostly that is all that has to be looked at.
    if (!mayBeMet(this.#choices({ open, taken: [] }, most), this.sizes, most)) return false;
    const shadows = Shadows.in(question, connected);
    this.work.count(shadows.count);
    return this.#isFound({ open, taken: [], shadows }, most);
  }

  /** With so many persons more. */
  #isFound(known: Known, most: number): boolean {
    if (this.work.isTooMuch) return true;
    const choices = this.#choices(known, most);
    if (!mayBeMet(choices, this.sizes, most)) return false;
    if (most <= 2) return this.#isFoundAmongTwo(known, choices, most);
    const last = known.taken.at(-1);
    const shadows = last === undefined ? known.shadows : known.shadows.without(last);
    this.work.count(shadows.count);
    if (shadows.isSettled) return true;
    if (last !== undefined && choices.length < FEW_COMPARED)
      return this.#isFound({ ...this.#anew(known), shadows }, most);
    // Nothing is left that would hold anything of others.
    const [shortest] = choices;
    return shortest === undefined || this.#isFoundWith(shortest, { ...known, shadows }, most);
  }

  #isFoundWith(shortest: readonly number[], known: Known, most: number): boolean {
    const isFound = shortest.some((place) => {
      this.#isOpen[place] = 0;
      return this.#isFound({ ...known, taken: [...known.taken, place] }, most - this.sizes[place]!);
    });
    for (const place of shortest) this.#isOpen[place] = 1;
    return isFound;
  }

  #isFoundAmongTwo({ shadows, taken }: Known, choices: Choices, most: number): boolean {
    const places = Int32Array.from([taken.at(-1)!, ...(placesWorthTrying(choices, most) ?? this.#allOpen())]);
    const left = shadows.of(places).without(0);
    this.work.count(left.count);
    if (left.isSettled) return true;
    return (
      most > 0 &&
      settledByTwo(
        left,
        Uint8Array.from(places, (place) => this.sizes[place]!),
        most,
      )
    );
  }

  #allOpen(): number[] {
    const open: number[] = [];
    for (let place = 0; place < this.sizes.length; place++) if (this.#isOpen[place] === 1) open.push(place);
    return open;
  }

  #choices({ open, taken }: Pick<Known, 'open' | 'taken'>, most: number): Choices {
    const choices: number[][] = [];
    for (const { classes } of open) {
      if (classes.some((place) => taken.includes(place))) continue;
      const choice: number[] = [];
      for (const place of classes)
        if (this.#isOpen[place] === 1 && this.sizes[place]! <= most) choice.push(place);
      this.work.count(classes.length);
      if (choices.push(choice) === MOST_COMPARED) break;
    }
    return choices.sort((a, b) => a.length - b.length);
  }

  #anew({ relations, taken }: Known): Omit<Known, 'shadows'> {
    const before = relations ?? relationsOf(this.question, this.connected, { isOpen: false });
    const left = taken.reduce((those, place) => without(those, place, this.sizes.length), before);
    this.work.count(left.reduce((sum, { classes }) => sum + classes.length, 0));
    return { relations: left, open: openIn(left), taken: [] };
  }
}

const openIn = (relations: readonly Relation[]): Relation[] =>
  relations.filter(({ sum }) => sum !== 0).sort((a, b) => a.classes.length - b.classes.length);
