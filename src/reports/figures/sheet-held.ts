import type { Day } from '../../cases/domain/dates/day.js';
import { consecutiveSentences } from '../../cases/domain/findings/penalty-findings.js';
import {
  confirmedUntil,
  custodyOn,
  openOn,
  stepOn,
  type Chronicle,
} from '../../cases/domain/timeline/chronicle.js';
import { expectedRelease } from '../../cases/domain/timeline/custody-answer.js';
import { standingFiguresOn } from '../../cases/domain/timeline/figures.js';
import { standingOn, STATUSES, type Status } from '../../cases/domain/timeline/status.js';
import { finite, isSettled, type Course } from './course.js';
import type { HeldRow, Sheet } from './sheet.js';

const IN_CUSTODY: ReadonlySet<Status> = new Set([
  'whereabouts_unknown',
  'in_custody_criminal',
  'in_custody_serving',
  'in_custody_overdue',
  'in_custody_undecided',
]);

/** Who is held, by either world. Of a settled case it can only become another kind of custody as days pass. */
export function heldIn(course: Course): Pick<Sheet, 'held'> {
  const { book, narrow, wide, first } = course;
  const standing = [narrow, wide].map((world) => standingFiguresOn(book, world, first));
  const [inNarrow, inWide] = standing.map((one) => IN_CUSTODY.has(one.standing.status)) as [boolean, boolean];
  if (!inNarrow && !inWide) return {};
  const chronicle = inNarrow ? narrow : wide;
  const open = openOn(chronicle.world, first)!;
  const until = Math.min(...[narrow, wide].map((world) => supportIn(world, first)));
  const expected = expectedRelease(standing[0]!, standing[1]!);
  const held: HeldRow = {
    detention: course.detentionOf(open.id),
    ...(Number.isFinite(until) ? { until } : {}),
    statuses: statusesIn(course, chronicle),
    ...(expected ? { release: [finite(expected.earliest), finite(expected.latest)] } : {}),
    ...(inNarrow ? {} : { possibly: true }),
  };
  return { held };
}

/** As far as the open detention is supported; a world without one needs no support. */
function supportIn(chronicle: Chronicle, day: Day): number {
  const open = openOn(chronicle.world, day);
  return open ? confirmedUntil(chronicle, open, day) : Infinity;
}

/** The days on which a term that runs out changes what is so, if nothing more is recorded. */
function daysToCome(course: Course, ends: readonly (number | undefined)[]): Day[] {
  if (!isSettled(course)) return [course.first];
  const turns = ends.flatMap((end) => (end === undefined ? [] : [end, end + 1]));
  const later = turns.filter((day) => Number.isFinite(day) && day > course.first);
  return [course.first, ...new Set(later.sort((a, b) => a - b))];
}

function statusesIn(course: Course, chronicle: Chronicle): HeldRow['statuses'] {
  const days = daysToCome(course, [stepOn(chronicle, course.first)?.serving().over]);
  const statuses = days.map((day): [Day, number] => [
    day,
    STATUSES.indexOf(standingOn(course.book, chronicle, day).status),
  ]);
  return statuses.filter(([, status], i) => status !== statuses[i - 1]?.[1]);
}

/** One sentence is seen to follow another once the first day of the other is over. */
export function runsIn(course: Course): NonNullable<Sheet['runs']> {
  const { book, law, narrow: chronicle } = course;
  const longestOn = consecutiveSentences(book, law);
  if (!longestOn) return [];
  const services = stepOn(chronicle, course.first)?.serving().services ?? [];
  const runs = daysToCome(
    course,
    services.map(({ ended }) => ended),
  ).map((day): [Day, number] => {
    const run = longestOn({ book, chronicle, figures: custodyOn(chronicle, day), law, day });
    return [day, run?.value ?? 0];
  });
  return runs.filter(([, run], i) => run !== (runs[i - 1]?.[1] ?? 0));
}
