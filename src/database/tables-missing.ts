import { HabeasError } from '../errors.js';

/** For a reader: whoever writes has not made the tables yet. */
export const tablesMissing = (cause: unknown): HabeasError =>
  new HabeasError(
    'unavailable',
    'tables-missing',
    'there is nothing to read from yet',
    { retryAfterSeconds: 1 },
    { cause },
  );
