import type { Role } from '../../security/roles.js';
import { isOpenTo } from '../domain/file/restriction.js';

/** Whose question it is. */
export interface Viewer {
  principalId: string;
  roles: readonly Role[];
}

/** How much of a case somebody sees: all of it, what is not personal, or not even that it is there. */
export type Sight = 'whole' | 'masked' | 'none';

/**
 * Caseworkers work with people; to auditors a case is ids, codes, dates and amounts. `readers`: the principals that the case is
 * restricted to, if it is; auditors see no persons, and so are not among those it is hidden from.
 */
export function sightOf({ principalId, roles }: Viewer, readers: readonly string[] | undefined): Sight {
  if (roles.includes('caseworker') && isOpenTo(principalId, readers)) return 'whole';
  return roles.includes('auditor') ? 'masked' : 'none';
}

export const seesPersons = ({ roles }: Viewer): boolean => roles.includes('caseworker');

/** Whatever else they are: for questions that are about names, and so take the sight of a caseworker. */
export const asCaseworker = ({ principalId, roles }: Viewer): Viewer => ({
  principalId,
  roles: roles.filter((role) => role === 'caseworker'),
});
