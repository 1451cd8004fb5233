import type { Circumstance, Uuid } from '../facts/common.js';
import type { Fact } from '../facts/facts.js';
import type { CaseFile } from '../file/case-file.js';
import { Refusal } from '../refusal.js';
import type { DecideContext } from './context.js';
import { together } from './together.js';

const POINTER = '/body';

/** Restricts the case to some principals, or to nobody in particular, which lifts the restriction. */
export function decideRestriction(
  file: CaseFile,
  { to, ...why }: Circumstance & { to: Uuid[]; reason: string },
  context: DecideContext,
): Fact[] {
  if (to.length === 0) {
    return together(file, [{ type: 'CaseUnrestricted', data: why, pointer: POINTER }], context);
  }
  const asked = { type: 'CaseRestricted', data: { to, ...why }, pointer: POINTER } as const;
  const restricted = together(file, [asked], context);
  const { principalId, isAdmin } = context.by;
  // An admin acts for others, and can open the case again without seeing it. A caseworker could not.
  if (!isAdmin && !to.includes(principalId)) {
    const message = 'must name yourself, or you would lose sight of the case';
    throw new Refusal('semantic', 'restriction-without-self', message, `${POINTER}/to`);
  }
  return restricted;
}
