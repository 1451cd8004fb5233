import { personsIn, type Membership } from './membership.js';

/** The universe of persons counted. */
export const PERSONS = 'persons';

/** What was published of one figure: its value, and beside it how many persons contribute. */
export interface PublishedCell {
  /** What can be added up and subtracted with each other: arrests, decisions, days imposed, fines in BYN. */
  universe: string;
  membership: Membership;
  /** What is printed with it: the value in the other world, the sums that a mean is made of. */
  also?: readonly PublishedCell[];
}

/** All that a reader can reckon with who sees the cell. */
export function readableIn({ universe, membership, also = [] }: PublishedCell): PublishedCell[] {
  const persons = { universe: PERSONS, membership: personsIn(membership) };
  return [...(universe === PERSONS ? [] : [{ universe, membership }]), persons, ...also.flatMap(readableIn)];
}
