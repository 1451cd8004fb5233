import type { Bounds } from '../dates/bounds.js';
import { formatDay } from '../dates/day.js';
import type { Casebook } from './casebook.js';
import type { Chronicle } from './chronicle.js';
import type { StandingFigures, WorldFigures } from './figures.js';
import { standingOn, type Status } from './status.js';
import { daysBetween, type Days } from './totals.js';
import { turningDaysBefore } from './turning-days.js';
import type { World, WorldDay } from './world.js';

/** Days as YYYY-MM-DD; null is an open end. */
export interface WrittenDays {
  earliest: string | null;
  latest: string | null;
}

export interface DetentionAnswer {
  detentionId: string;
  from: WrittenDays;
  to: WrittenDays | null;
  basis?: string;
}

export interface CustodyAnswer {
  status: Status;
  certain: boolean;
  possible: Status[];
  unconfirmed: boolean;
  since: string | null;
  expectedRelease: WrittenDays | null;
  daysOverdue: Days;
  detentions: DetentionAnswer[];
  decidedBy: string[];
}

const writtenDay = (day: WorldDay): string | null => (Number.isFinite(day) ? formatDay(day) : null);

export const writtenBounds = ({ earliest, latest }: Bounds): WrittenDays => ({
  earliest: earliest === null ? null : formatDay(earliest),
  latest: formatDay(latest),
});

export function custodyAnswer(
  book: Casebook,
  { narrow: chronicle, wide: { world: wideWorld } }: { narrow: Chronicle; wide: Chronicle },
  day: number,
  narrow: WorldFigures,
  wide: WorldFigures,
): CustodyAnswer {
  const { status, decidedBy } = narrow.standing;
  const possible = [...new Set([status, wide.standing.status])];
  const expected = expectedRelease(narrow, wide);
  return {
    status,
    certain: possible.length === 1,
    possible,
    unconfirmed: narrow.unconfirmed || wide.unconfirmed,
    since: since(book, chronicle, status, day),
    expectedRelease: expected && {
      earliest: writtenDay(expected.earliest),
      latest: writtenDay(expected.latest),
    },
    daysOverdue: daysBetween(narrow.overdue, wide.overdue),
    detentions: detentionsBy([chronicle.world, wideWorld], day),
    decidedBy: decidedBy.map(({ eventId }) => eventId),
  };
}

/** Over the worlds in which the person is serving or overdue. A day in the open part is -Infinity, and is the latest only if no other world has one. */
export function expectedRelease(
  narrow: StandingFigures,
  wide: StandingFigures,
): { earliest: WorldDay; latest: WorldDay } | null {
  const one = narrow.expectedRelease ?? wide.expectedRelease;
  if (one === undefined) return null;
  const other = wide.expectedRelease ?? one;
  return { earliest: Math.min(one, other), latest: Math.max(one, other) };
}

/** The day the status began, in the narrow world; null if it never began. */
function since(book: Casebook, chronicle: Chronicle, status: Status, day: number): string | null {
  let began: WorldDay | undefined;
  for (const turn of turningDaysBefore(book, chronicle, day)) {
    if (standingOn(book, chronicle, turn).status !== status) {
      return began === undefined ? null : writtenDay(began);
    }
    began = turn;
  }
  return status === 'not_determinable' || began === undefined ? null : writtenDay(began);
}

/** Detentions begun by the day in either world; with their end, once either world has it. */
function detentionsBy(worlds: readonly World[], day: number): DetentionAnswer[] {
  const begun = worlds.flatMap(({ detentions }) => detentions.filter(({ start }) => start <= day));
  const ids = [...new Set(begun.map(({ id }) => id))];
  return ids
    .map((detentionId) => {
      const inWorlds = begun.filter(({ id }) => id === detentionId);
      const end = inWorlds.find((held) => held.end <= day)?.endedBy;
      return {
        detentionId,
        from: writtenBounds(inWorlds[0]!.detention.arrest!.on),
        to: end ? writtenBounds(end.on) : null,
        ...(end?.type === 'Released' ? { basis: end.data.basis } : {}),
      };
    })
    .sort(
      (a, b) =>
        compare(a.from.earliest ?? '', b.from.earliest ?? '') || compare(a.detentionId, b.detentionId),
    );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
