import { HabeasError } from '../errors.js';

/** The same for a case that is not there and for one that the caller may not know of. */
export const caseNotFound = (): HabeasError =>
  new HabeasError('absent', 'case-not-found', 'there is no such case', { hidesWhy: true });
