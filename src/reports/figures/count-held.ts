import { STATUSES } from '../../cases/domain/timeline/status.js';
import type { HeldPerson } from './figures.js';
import type { InScope } from './in-scope.js';
import type { HeldRow, Sheet } from './sheet.js';

/** Who is held on the day of the question; the period has no part in it. Gives the person, for whoever lists them. */
export function countHeld({ sheet, links, cells, asOf }: InScope): HeldPerson | undefined {
  const { held } = sheet;
  if (!held || !links.detention(held.detention)) return undefined;
  if (held.possibly) {
    cells.person('held_possibly');
    return undefined;
  }
  cells.person('held');
  cells.person(isUnconfirmed(held, asOf) ? 'held_unconfirmed' : 'held_confirmed');
  return heldPerson(sheet, held, asOf);
}

/** In at least one world nothing supports that the person is still held on the day. */
export const isUnconfirmed = ({ until }: HeldRow, day: number): boolean => (until ?? -Infinity) < day;

const statusOn = ({ statuses }: HeldRow, day: number): HeldPerson['status'] =>
  STATUSES[statuses.findLast(([from]) => from <= day)![1]]!;

function heldPerson(sheet: Sheet, held: HeldRow, asOf: number): HeldPerson {
  const arrest = sheet.arrests?.[sheet.detentions![held.detention]![0]];
  return {
    caseId: sheet.caseId,
    status: statusOn(held, asOf),
    unconfirmed: isUnconfirmed(held, asOf),
    arrested: arrest?.[0] ?? null,
    confirmedUntil: held.until ?? null,
    region: arrest?.[3] || null,
    expectedRelease: held.release ?? null,
  };
}
