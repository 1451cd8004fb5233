import { HabeasError } from '../errors.js';
import type { Subject } from './domain/kinds.js';

/** Nothing of this id is recorded, or what was is voided. */
export const notRecorded = (subject: Subject): HabeasError =>
  new HabeasError('absent', 'not-in-register', `there is no such ${subject}`);
