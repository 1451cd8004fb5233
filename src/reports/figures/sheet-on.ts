import type { Day } from '../../cases/domain/dates/day.js';
import type { Law } from '../../cases/domain/law/law.js';
import type { Docket } from '../../cases/domain/timeline/docket.js';
import { sheetOf } from './sheet-of.js';
import type { Sheet } from './sheet.js';

/** The sheet that holds on a day: the one for every day, if everything has happened by then, or else one for this day. */
export function sheetOn(docket: Docket, law: Law, day: Day): Sheet {
  const sheet = sheetOf(docket, law);
  return sheet.settledFrom <= day ? sheet : sheetOf(docket, law, day);
}
