import { classesOf } from './classes.js';
import { nameOf, type Membership } from './membership.js';
import { Numbered } from './numbered.js';
import { readableIn, type PublishedCell } from './published-cell.js';
import { PublishedSpace } from './published-space.js';
import { Work } from './work.js';

/** The published cells of every universe, each set of amounts once. */
export class PublishedSpaces {
  readonly #universes = new Map<string, Universe>();
  readonly #work = new Work();

  /** `candidates`: those that may be added. */
  constructor(candidates: readonly PublishedCell[], earlier: readonly PublishedCell[]) {
    for (const { universe, membership } of candidates.flatMap(readableIn))
      this.#of(universe).candidates.push(membership);
    for (const { universe, membership } of earlier.flatMap(readableIn))
      this.#universes.get(universe)?.earlier.push(membership);
    for (const universe of this.#universes.values()) universe.open();
  }

  /** Adds the cell if nothing can then be worked out about few persons; else changes nothing, and is false. */
  take(cell: PublishedCell): boolean {
    const steps = readableIn(cell).map(({ universe, membership }) => this.#of(universe).step(membership));
    if (!steps.every(({ isSafe }) => isSafe())) return false;
    for (const { take } of steps) take();
    return true;
  }

  #of(name: string): Universe {
    const universe = this.#universes.get(name) ?? new Universe(this.#work);
    this.#universes.set(name, universe);
    return universe;
  }
}

class Universe {
  readonly earlier: Membership[] = [];
  readonly candidates: Membership[] = [];
  readonly #refused = new Set<string>();
  #cells = new Map<string, number>();
  #space: PublishedSpace;

  constructor(private readonly work: Work) {
    this.#space = new PublishedSpace(classesOf([]), work);
  }

  open(): void {
    const earlier = reachedFrom(this.candidates, this.earlier);
    const distinct = new Map([...earlier, ...this.candidates].map((each) => [nameOf(each), each]));
    this.#cells = new Map([...distinct.keys()].map((name, i) => [name, i]));
    this.#space = new PublishedSpace(classesOf([...distinct.values()]), this.work);
    // The small ones first: of what is made of them little is left, and little has to be reckoned with.
    const names = new Set(
      earlier.toSorted((a, b) => a.persons.length - b.persons.length).map((each) => nameOf(each)),
    );
    for (const name of names) this.#space.add(this.#space.additionOf(this.#numberOf(name)));
  }

  step(membership: Membership): { isSafe: () => boolean; take: () => void } {
    const name = nameOf(membership);
    const addition = this.#space.additionOf(this.#numberOf(name));
    const isSafe = (): boolean => {
      // With more beside it, it can only become worse.
      if (this.#refused.has(name)) return false;
      const safe = this.#space.isSafe(addition);
      if (!safe) this.#refused.add(name);
      return safe;
    };
    return { isSafe, take: () => this.#space.add(addition) };
  }

  #numberOf(name: string): number {
    return this.#cells.get(name) ?? -1;
  }
}

/** Whatever shares no person with the candidates, by way of others either, cannot be reckoned up with them. */
function reachedFrom(candidates: readonly Membership[], earlier: readonly Membership[]): Membership[] {
  if (earlier.length === 0) return [];
  const reached = new Numbered();
  for (const { persons } of candidates) for (const person of persons) reached.placeOf(person);
  const found: Membership[] = [];
  let left = [...earlier];
  for (let before = -1; before !== found.length;) {
    before = found.length;
    left = left.filter((each) => {
      if (!each.persons.some((person) => reached.has(person))) return true;
      found.push(each);
      for (const person of each.persons) reached.placeOf(person);
      return false;
    });
  }
  return found;
}
