import type { CandidateCell, Line } from '../../../src/reports/release/candidate-cell.js';
import type { Question } from '../../../src/reports/release/gate.js';
import { membershipOf, type Member } from '../../../src/reports/release/membership.js';
import type { SeenCell } from './reader.js';
import { ALL_FILTERS, partsOf, SmallWorld, UNIVERSES, type Filter, type Universe } from './small-world.js';

interface Cell extends CandidateCell {
  members: readonly Member[];
}

export type Gate = (question: Question) => ReadonlySet<string>;

export interface Issued {
  published: SeenCell[];
  /** Of the cells of at least 20 persons. */
  large: { published: number; all: number };
}

export interface Plan {
  seed: number;
  persons: number;
  /** How many filters are asked for, in some order; absent: every one there is. */
  filters?: number;
  issues: number;
}

/** Tables of filters, some in each issue; between two issues the register goes on. */
export function issued(plan: Plan, gate: Gate): Issued {
  const world = new SmallWorld(plan.seed, plan.persons);
  const earlier: Cell[] = [];
  const large = { published: 0, all: 0 };
  const filters = world.inSomeOrder(ALL_FILTERS).slice(0, plan.filters);
  const each = Math.ceil(filters.length / plan.issues);
  for (let from = 0; from < filters.length; from += each) {
    const { cells, lines } = tables(world, filters.slice(from, from + each));
    const withheld = gate({ cells, lines, earlier });
    for (const cell of cells) {
      const isLarge = new Set(cell.members.map(([person]) => person)).size >= 20;
      if (isLarge) large.all += 1;
      if (withheld.has(cell.key)) continue;
      if (isLarge) large.published += 1;
      earlier.push(cell);
    }
    world.goOn();
  }
  return { published: earlier, large };
}

export function tables(world: SmallWorld, filters: readonly Filter[]): { cells: Cell[]; lines: Line[] } {
  const cells: Cell[] = [];
  const cell = (universe: Universe, filter: Filter): string => {
    const key = String(cells.length);
    const members = world.members(filter, universe);
    cells.push({ key, universe, members, membership: membershipOf(members) });
    return key;
  };
  const lines = filters.flatMap((filter) =>
    UNIVERSES.flatMap((universe) => {
      const total = cell(universe, filter);
      const { months, regions } = partsOf(filter);
      return [months, regions].map((parts) => ({ total, parts: parts.map((part) => cell(universe, part)) }));
    }),
  );
  return { cells, lines };
}
