import type { Clock } from '../../clock.js';
import { HabeasError } from '../../errors.js';
import { type Day, parseDay } from '../domain/dates/day.js';

/** The day a question is about: as asked, else today. Throws `malformed` for what is not a day. */
export function askedDay(asked: string | undefined, clock: Clock, member: string): Day {
  const day = parseDay(asked ?? clock.today());
  if (day === undefined) {
    throw new HabeasError('malformed', 'invalid-query', 'this is not a day', {
      errors: [{ pointer: `/query/${member}`, message: 'is not a day like 2020-02-07' }],
    });
  }
  return day;
}
