import { HabeasError } from '../errors.js';

/** What is asked for is recorded, or may be, and not there to be answered from yet. */
export const readModelBehind = (message: string): HabeasError =>
  new HabeasError('unavailable', 'read-model-behind', message, { retryAfterSeconds: 1 });

export const unknownPosition = (): HabeasError =>
  new HabeasError('malformed', 'unknown-position', 'no command was answered with this position', {
    errors: [{ pointer: '/query/minPosition', message: 'is not a position of this register' }],
  });
