import { formatMoney } from '../../cases/domain/money/money.js';
import type { Value } from '../content/content.js';
import { BehindSoFar, type Behind } from './behind.js';
import { DEFINITIONS, FIGURE_IDS, type FigureId } from './definitions.js';
import type { Cell, Members } from './figures.js';

interface Tallied {
  /** In the smaller world, or the only one. */
  least: number;
  most: number;
  minor: bigint;
  value?: Value;
  n: number;
  uncertain: number;
  /** The last person is among the uncertain. */
  doubted: boolean;
  /** The person who was last counted in it. */
  last: number;
  /** Absent where nobody asked for them. */
  members: BehindSoFar | undefined;
}

/**
 * Numbers that grow person by person, each with how many persons are behind it, and who if that was asked for. Whoever adds
 * nothing to a sum is not behind it: what two of ten have paid is a matter of two.
 */
export class Cells {
  readonly #tallied = new Map<FigureId, Map<string, Tallied>>();
  readonly #caseIds: string[] = [];
  /** From 1. */
  #person = 0;

  constructor(private readonly keepMembers: boolean) {}

  /** What is added from now on is of this person. */
  begin(caseId: string): void {
    this.#person += 1;
    if (this.keepMembers) this.#caseIds.push(caseId);
  }

  /** The place of the person among all. */
  get current(): number {
    return this.#person - 1;
  }

  /** Counts the person, once however often it is said; uncertain if it is every time. */
  person(figure: FigureId, of = '', uncertain = false): void {
    const cell = this.#cell(figure, of);
    if (cell.last !== this.#person) {
      this.#touch(cell, 1);
      cell.least += 1;
      cell.doubted = uncertain;
      if (uncertain) cell.uncertain += 1;
    } else if (cell.doubted && !uncertain) {
      cell.doubted = false;
      cell.uncertain -= 1;
    }
  }

  /** Adds to a sum: `most` is what the other world adds, where there are two. */
  add(figure: FigureId, of: string, least: number, most = least): void {
    const cell = this.#cell(figure, of);
    if (least === 0 && most === 0) return;
    this.#touch(cell, least, most);
    cell.least += least;
    cell.most += most;
  }

  count(figure: FigureId, of: string, uncertain: boolean): void {
    const cell = this.#cell(figure, of);
    this.#touch(cell, 1);
    cell.least += 1;
    if (uncertain) cell.uncertain += 1;
  }

  money(figure: FigureId, currency: string, minor: bigint): void {
    const cell = this.#cell(figure, currency);
    if (minor === 0n) return;
    this.#touch(cell, Number(minor));
    cell.minor += minor;
  }

  atMost(figure: FigureId, amount: number): void {
    const cell = this.#cell(figure, '');
    this.#touch(cell, 0);
    cell.least = Math.max(cell.least, amount);
  }

  /** The person is behind a number that is worked out at the end, with this amount where it is one of amounts. */
  behind(figure: FigureId, of: string, amount?: number): void {
    const cell = this.#cell(figure, of);
    this.#touch(cell, 0);
    if (amount !== undefined) cell.members?.amount(amount);
  }

  set(figure: FigureId, of: string, value: Value): void {
    this.#cell(figure, of).value = value;
  }

  /** A number that is another one, put beside something else; nobody is counted anew. */
  copy(from: FigureId, figure: FigureId, of: string, value: Value): void {
    const source = this.#cell(from, '');
    this.#tallied.get(figure)?.delete(of);
    Object.assign(this.#cell(figure, of), { ...source, value });
  }

  /** A number of persons that was counted elsewhere. */
  known(figure: FigureId, of: string, persons: number, members: BehindSoFar | undefined): void {
    Object.assign(this.#cell(figure, of), { least: persons, n: persons, members });
  }

  /** The cell is there, with nothing in it if nothing was added. */
  ensure(figure: FigureId, of = ''): void {
    this.#cell(figure, of);
  }

  rows(figure: FigureId): string[] {
    return [...(this.#tallied.get(figure)?.keys() ?? [])].sort();
  }

  number(figure: FigureId, of = ''): number {
    return this.#cell(figure, of).least;
  }

  /** True if the person has been counted in it. */
  has(figure: FigureId): boolean {
    return this.#cell(figure, '').last === this.#person;
  }

  /** In an order that does not depend on that of the persons, but for the places that they have in their list. */
  written(): { cells: Record<string, Cell>; members?: Members } {
    const cells: Record<string, Cell> = {};
    const behind = new Map<string, Behind>();
    for (const figure of FIGURE_IDS) {
      for (const of of this.rows(figure)) {
        const tallied = this.#cell(figure, of);
        const key = keyOf(figure, of);
        cells[key] = writtenCell(figure, of, tallied);
        if (tallied.members) behind.set(key, tallied.members.behind());
        tallied.members = undefined;
      }
    }
    return this.keepMembers ? { cells, members: { caseIds: this.#caseIds, behind } } : { cells };
  }

  #cell(figure: FigureId, of: string): Tallied {
    let rows = this.#tallied.get(figure);
    if (!rows) this.#tallied.set(figure, (rows = new Map()));
    let cell = rows.get(of);
    if (!cell) {
      const members = this.keepMembers ? new BehindSoFar() : undefined;
      cell = { least: 0, most: 0, minor: 0n, n: 0, uncertain: 0, doubted: false, last: 0, members };
      rows.set(of, cell);
    }
    return cell;
  }

  #touch(cell: Tallied, least: number, most = least): void {
    if (cell.last === this.#person) {
      cell.members?.more(least, most);
      return;
    }
    cell.last = this.#person;
    cell.n += 1;
    cell.members?.begin(this.current, least, most);
  }
}

export const keyOf = (figure: FigureId, of = ''): string => (of === '' ? figure : `${figure}:${of}`);

function writtenCell(figure: FigureId, of: string, tallied: Tallied): Cell {
  return {
    figure,
    ...(of === '' ? {} : { of }),
    value: tallied.value ?? valueOf(figure, of, tallied),
    n: tallied.n,
    caveat: DEFINITIONS[figure].caveat,
    ...(tallied.uncertain > 0 ? { uncertain: tallied.uncertain } : {}),
  };
}

function valueOf(figure: FigureId, of: string, { least, most, minor, n }: Tallied): Value {
  const { form } = DEFINITIONS[figure];
  switch (form) {
    case 'count':
    case 'persons':
      return { kind: 'count', value: least };
    case 'days_in_world':
      return Number.isFinite(least) ? { kind: 'count', value: least } : { kind: 'absent' };
    case 'days':
    case 'hours':
      return { kind: 'range', unit: form, min: least, max: Number.isFinite(most) ? most : null };
    case 'money':
      return { kind: 'money', currency: of, value: formatMoney(minor, of) };
    case 'base_units':
      return { kind: 'base_units', value: least / 100 };
    case 'most':
      return n === 0 ? { kind: 'absent' } : { kind: 'count', value: least };
    case 'statistic':
    case 'derived':
      return { kind: 'absent' };
  }
}
