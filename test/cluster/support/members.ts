import type { Service } from '../../support/service.js';

type Reachable = Pick<Service, 'request' | 'keyFor'>;

/** A process that takes requests, while it lives. */
export interface Member {
  readonly name: string;
  /** Undefined while it is gone. */
  readonly service: Reachable | undefined;
}

export interface Living extends Member {
  readonly service: Reachable;
}

export const isLiving = (member: Member): member is Living => member.service !== undefined;

/** The one that is wished for, if it lives; else any other one that does, but rather not that which is to be avoided. */
export function oneOf(
  members: readonly Member[],
  random: () => number,
  { rather, not }: { rather?: Member; not?: string } = {},
): Living {
  if (rather && isLiving(rather) && rather.name !== not) return rather;
  const living = members.filter(isLiving);
  const others = living.filter(({ name }) => name !== not);
  const choice = others.length > 0 ? others : living;
  const chosen = choice[Math.floor(random() * choice.length)];
  if (!chosen) throw new Error('no process is left');
  return chosen;
}
