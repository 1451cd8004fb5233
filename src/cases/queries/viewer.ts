import type { Role } from '../../security/roles.js';

/** Whose question it is. */
export interface Viewer {
  roles: readonly Role[];
}

/** Caseworkers work with people; to everybody else a case is ids, codes, dates and amounts. */
export const seesPersons = ({ roles }: Viewer): boolean => roles.includes('caseworker');
