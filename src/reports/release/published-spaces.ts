import { classesOf } from './classes.js';
import type { Membership } from './membership.js';
import { readableIn, type PublishedCell } from './published-cell.js';
import { PublishedSpace } from './published-space.js';

/** The published cells of every universe, each set of contributions once. */
export class PublishedSpaces {
  readonly #universes = new Map<string, Universe>();

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
    const universe = this.#universes.get(name) ?? new Universe();
    this.#universes.set(name, universe);
    return universe;
  }
}

class Universe {
  readonly earlier: Membership[] = [];
  readonly candidates: Membership[] = [];
  #cells = new Map<string, number>();
  #space = new PublishedSpace({ cells: [], persons: [], frequency: new Int32Array() });

  open(): void {
    const distinct = new Map([...this.earlier, ...this.candidates].map((each) => [nameOf(each), each]));
    this.#cells = new Map([...distinct.keys()].map((name, i) => [name, i]));
    this.#space = new PublishedSpace(classesOf([...distinct.values()]));
    // The small ones first: of what is made of them little is left, and little has to be reckoned with.
    const names = new Set(
      this.earlier
        .toSorted((a, b) => a.contributions.length - b.contributions.length)
        .map((each) => nameOf(each)),
    );
    for (const name of names) this.#space.add(this.#space.additionOf(this.#cells.get(name) ?? -1));
  }

  step(membership: Membership): { isSafe: () => boolean; take: () => void } {
    const cell = this.#cells.get(nameOf(membership));
    if (cell === undefined) throw new Error('only what was said to be a candidate can be added');
    const addition = this.#space.additionOf(cell);
    return { isSafe: () => this.#space.isSafe(addition), take: () => this.#space.add(addition) };
  }
}

const names = new WeakMap<Membership, string>();

/** The same for the same contributions. */
function nameOf(membership: Membership): string {
  const known = names.get(membership);
  if (known !== undefined) return known;
  const { contributions } = membership;
  let [sum, squares] = [0, 0];
  for (const each of contributions) {
    sum = (sum + each) % Number.MAX_SAFE_INTEGER;
    const low = each % 0x400_0000;
    squares = (squares + low * low) % Number.MAX_SAFE_INTEGER;
  }
  const name = [contributions.length, contributions[0], contributions.at(-1), sum, squares].join();
  names.set(membership, name);
  return name;
}
