import { formatDay, type Day } from '../../cases/domain/dates/day.js';
import { BehindSoFar } from './behind.js';
import type { Cells } from './cells.js';

type Daily = 'held_by_day' | 'held_by_day_wide';

/**
 * How many are held on each of the days `[first, until)`. Where custody begins and ends is kept, not each of its days: a file
 * left open is held on every day of the wide world.
 */
export class HeldDays {
  readonly #changes: Int32Array;
  #members: BehindSoFar[] | undefined;

  constructor(
    private readonly figure: Daily,
    private readonly first: Day,
    until: number,
    keepMembers: boolean,
  ) {
    const days = Math.max(0, until - first);
    this.#changes = new Int32Array(days + 1);
    if (keepMembers) this.#members = Array.from({ length: days }, () => new BehindSoFar());
  }

  /** A person, by the place among all, is held in `[from, to)`; not twice on one day. */
  add(person: number, from: number, to: number): void {
    const start = Math.max(0, from - this.first);
    const end = Math.min(this.#changes.length - 1, to - this.first);
    if (start >= end) return;
    this.#changes[start]! += 1;
    this.#changes[end]! -= 1;
    if (!this.#members) return;
    for (let day = start; day < end; day++) this.#members[day]!.begin(person, 1);
  }

  into(cells: Cells): void {
    let held = 0;
    for (let day = 0; day + 1 < this.#changes.length; day++) {
      held += this.#changes[day]!;
      cells.known(this.figure, formatDay(this.first + day), held, this.#members?.[day]);
    }
    // They are the cells' now.
    this.#members = undefined;
  }
}
