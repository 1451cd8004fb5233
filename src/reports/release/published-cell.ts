import { personsIn, type Membership } from './membership.js';

/** The universe of persons counted. */
export const PERSONS = 'persons';

/** What was published of one figure: its value, and beside it how many persons contribute. */
export interface PublishedCell {
  /** What can be added up and subtracted with each other: arrests, decisions, days imposed, fines in BYN. */
  universe: string;
  membership: Membership;
}

/** All that a reader can reckon with who sees the cell. */
export function readableIn({ universe, membership }: PublishedCell): PublishedCell[] {
  const persons = { universe: PERSONS, membership: personsIn(membership) };
  return universe === PERSONS ? [persons] : [{ universe, membership }, persons];
}
