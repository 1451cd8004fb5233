import { EARLIER, PERIOD } from './calendar.js';
import type { HeldDays } from './held-days.js';
import { counts, type InScope } from './in-scope.js';
import type { GroupRow, WorldRows } from './sheet.js';

export function countArrests(scope: InScope): void {
  const { sheet, links, calendar, cells } = scope;
  for (const [place, [on]] of (sheet.arrests ?? []).entries()) {
    if (!counts(scope, on) || !links.arrest(place)) continue;
    const uncertain = calendar.isUncertain(on);
    cells.count('arrests', '', uncertain);
    cells.person('persons_arrested', '', uncertain);
    cells.person('persons_detained', '', uncertain);
    cells.person('persons_documented');
    const month = calendar.rowOf(on);
    cells.count('arrests_by_month', month.row, month.uncertain);
  }
}

export function countCustody(scope: InScope): void {
  const { sheet, cells, heldDays } = scope;
  if (!sheet.narrow && !sheet.wide) return;
  const { narrow, wide = narrow } = sheet;
  const supported = custodyIn(scope, narrow, 'days_in_custody_by_month', heldDays.narrow);
  const possible = custodyIn(scope, wide, 'days_in_custody_by_month_wide', heldDays.wide);
  if (supported + possible > 0) {
    cells.add('days_in_custody', '', Math.min(supported, possible), Math.max(supported, possible));
  }
  if (supported > 0) {
    cells.person('persons_detained');
    cells.person('persons_documented');
  }
  countServing(scope, narrow, wide);
}

/** Days of the period in one world; Infinity where an open start makes them endless. */
function custodyIn(
  { links, calendar, cells }: InScope,
  world: WorldRows | undefined,
  figure: 'days_in_custody_by_month' | 'days_in_custody_by_month_wide',
  heldDays: HeldDays,
): number {
  const custody = world?.custody ?? [];
  let total = 0;
  for (let i = 0; i < custody.length; i += 3) {
    const from = Math.max(custody[i] ?? -Infinity, calendar.from);
    const to = Math.min(custody[i + 1] ?? Infinity, calendar.until);
    if (from >= to || !links.detention(custody[i + 2]!)) continue;
    total += to - from;
    calendar.eachMonth(from, to, (row, days) => cells.add(figure, row, days));
    heldDays.add(cells.current, from, to);
  }
  if (total > 0) cells.add(figure, PERIOD, total);
  return total;
}

interface Served {
  served: number;
  outstanding: number;
}

function countServing(scope: InScope, narrow: WorldRows | undefined, wide: WorldRows | undefined): void {
  const a = servedIn(scope, narrow, 'days_served_by_month');
  const b = servedIn(scope, wide, 'days_served_by_month_wide');
  const { cells } = scope;
  cells.add('days_served', '', Math.min(a.served, b.served), Math.max(a.served, b.served));
  cells.add(
    'days_outstanding',
    '',
    Math.min(a.outstanding, b.outstanding),
    Math.max(a.outstanding, b.outstanding),
  );
}

/** Days served in the period, and what is left on the day of the question of the sentences passed in the period. */
function servedIn(
  scope: InScope,
  world: WorldRows | undefined,
  figure: 'days_served_by_month' | 'days_served_by_month_wide',
): Served {
  const { sheet, links, calendar, cells, asOf } = scope;
  const total: Served = { served: 0, outstanding: 0 };
  const count = (row: string, days: number): void => {
    total.served += days;
    cells.add(figure, row, days);
    cells.add(figure, PERIOD, days);
  };
  for (const [days, places, runs] of world?.groups ?? []) {
    const members = places
      .map((place) => sheet.sentences![place]!)
      .filter(([, charge]) => links.charge(charge));
    if (members.length === 0) continue;
    if (members.some(([on]) => calendar.has(on))) total.outstanding += days - servedBy(runs, asOf);
    eachRun(runs, (begun, over, length) => {
      const from = Math.max(begun, calendar.from);
      const to = Math.min(over, calendar.until);
      // What was served in the open past lies before every day that a period could begin on.
      if (from === -Infinity) count(EARLIER, length);
      else if (from < to) calendar.eachMonth(from, to, count);
    });
  }
  return total;
}

function servedBy(runs: GroupRow[2], asOf: number): number {
  let served = 0;
  eachRun(runs, (from, to, length) => {
    served += from === -Infinity ? length : Math.max(0, Math.min(to, asOf) - from);
  });
  return served;
}

function eachRun(runs: GroupRow[2], look: (from: number, to: number, length: number) => void): void {
  for (let i = 0; i < runs.length; i += 2) {
    const from = runs[i] ?? -Infinity;
    look(from, from + runs[i + 1]!, runs[i + 1]!);
  }
}
