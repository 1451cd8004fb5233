import { HabeasError } from '../../errors.js';
import { type Day, formatDay, parseDay } from '../domain/dates/day.js';
import type { AskedIn } from './settled-instant.js';

/** Where a list goes on: before which change (or opening, in a list as known then), and of which question it is. */
export interface ListCursor {
  before: string;
  day: Day;
  /** RFC 3339 in UTC with milliseconds; absent: a list as known now. */
  knownAt?: string;
}

export const writeCursor = ({ before, day, knownAt }: ListCursor): string =>
  Buffer.from([formatDay(day), before, ...(knownAt === undefined ? [] : [knownAt])].join(' ')).toString(
    'base64url',
  );

/** Throws `malformed` for anything that `writeCursor` has not written. */
export function readCursor(cursor: string): ListCursor {
  const [asOf = '', before = '', knownAt, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const day = parseDay(asOf);
  const isWhole = before !== '' && rest.length === 0 && (knownAt === undefined || isInstant(knownAt));
  const read = day !== undefined && isWhole ? { before, day, ...(knownAt && { knownAt }) } : undefined;
  // Node decodes what is not base64url at all as well as it can.
  if (read && writeCursor(read) === cursor) return read;
  throw noCursor('this cursor was not given by a list', 'is not the `next` of a page');
}

/** Throws `malformed` for the cursor of a list as known at another time. */
export function requireSameTime(
  cursor: ListCursor | undefined,
  knownAt: string | undefined,
  part: AskedIn = 'query',
): void {
  if (!cursor || cursor.knownAt === knownAt) return;
  throw noCursor('this cursor was given by a list as known at another time', 'is of another `knownAt`', part);
}

/** In the one spelling that a cursor has it in. */
const isInstant = (text: string): boolean =>
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;

const noCursor = (detail: string, message: string, part: AskedIn = 'query'): HabeasError =>
  new HabeasError('malformed', `invalid-${part}`, detail, {
    errors: [{ pointer: `/${part}/cursor`, message }],
  });
