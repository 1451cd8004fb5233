import { custodyOn, type Chronicle } from '../../cases/domain/timeline/chronicle.js';
import type { Stretch } from '../../cases/domain/timeline/custody.js';
import type { Day } from '../../cases/domain/dates/day.js';
import { finite, isOpenEnd, type Course } from './course.js';
import { sentencePlaces } from './sheet-penalties.js';
import type { GroupRow, WorldRows } from './sheet.js';

/** What custody comes to in one world, and what it serves; of a settled case as if it went on to the end of days. */
export function worldRows(course: Course, chronicle: Chronicle): WorldRows {
  const { custody, serving } = custodyOn(chronicle, course.until);
  const places = sentencePlaces(course);
  const groups = serving.services.map(({ group, runs }): GroupRow => [
    group.days,
    group.members.map(({ sentence }) => places.get(sentence)!),
    runs.flatMap(({ from, days }) => [finite(from), days]),
  ]);
  return {
    ...(custody.length > 0 ? { custody: custodyRow(course, custody) } : {}),
    ...(groups.length > 0 ? { groups } : {}),
  };
}

/** Stretches of one detention are told apart by their regime, which no figure asks about. */
function custodyRow({ detentionOf }: Course, stretches: readonly Stretch[]): (Day | null)[] {
  const row: (Day | null)[] = [];
  for (const { from, to, held } of stretches) {
    const detention = detentionOf(held.id);
    const joins = row.length > 0 && row.at(-1) === detention && row.at(-2) === from;
    if (joins) row.splice(-2, 1, endOf(to));
    else row.push(finite(from), endOf(to), detention);
  }
  return row;
}

const endOf = (to: number): Day | null => (isOpenEnd(to) ? null : to);
