import { HabeasError } from '../../errors.js';
import { type Day, formatDay, parseDay } from '../domain/dates/day.js';

/** Where a list goes on: before which change, and as of which day it was begun. */
export interface ListCursor {
  before: string;
  day: Day;
}

export const writeCursor = ({ before, day }: ListCursor): string =>
  Buffer.from(`${formatDay(day)} ${before}`).toString('base64url');

/** Throws `malformed` for anything that `writeCursor` has not written. */
export function readCursor(cursor: string): ListCursor {
  const [asOf = '', before = '', ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const day = parseDay(asOf);
  const read = day === undefined || before === '' || rest.length > 0 ? undefined : { before, day };
  // Node decodes what is not base64url at all as well as it can.
  if (read && writeCursor(read) === cursor) return read;
  throw new HabeasError('malformed', 'invalid-query', 'this cursor was not given by a list', {
    errors: [{ pointer: '/query/cursor', message: 'is not the `next` of a page' }],
  });
}
