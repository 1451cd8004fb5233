import type { Circumstance, Uuid } from '../facts/common.js';
import type { CaseCommand, PenaltyTerms } from './commands.js';
import type { DecideContext } from './context.js';
import { malformed } from './shape/reading.js';
import type { Asked } from './together.js';

type Render = Extract<CaseCommand, { name: 'RenderDecision' }>['data'];
type Impose = Extract<CaseCommand, { name: 'ImposePenalty' }>['data'];

/** A ruling with its penalties; all have its date and its sources. */
export function decisionAsked(data: Render, context: DecideContext): Asked[] {
  const { penalties = [], ...ruling } = data;
  const { at, sources, proceedingId } = data;
  const decisionId = data.decisionId ?? context.newId('decision');
  const shared = { decisionId, proceedingId, at, sources };
  return [
    { type: 'DecisionRendered', data: { ...ruling, decisionId }, pointer: '/body' },
    ...penalties.map((terms, place) => {
      const purpose = place === 0 ? 'penalty' : `penalty:${place}`;
      const penaltyId = terms.penaltyId ?? context.newId(purpose);
      return penaltyOf(terms, { ...shared, penaltyId }, `/body/penalties/${place}`);
    }),
  ];
}

/** Without the id of a recorded decision, a decision is recorded of which nothing more is known than the penalty. */
export function penaltyAsked({ penalty, ...said }: Impose, context: DecideContext): Asked[] {
  const decisionId = said.decisionId ?? context.newId('decision');
  const penaltyId = penalty.penaltyId ?? context.newId('penalty');
  const imposed = penaltyOf(penalty, { ...said, decisionId, penaltyId }, '/body');
  if (said.decisionId !== undefined) return [imposed];

  // The remark is about the penalty, which the caller has put down, not about a decision that follows from it.
  const decision = { ...said, remark: undefined, decisionId, outcome: 'penalised' };
  return [{ type: 'DecisionRendered', data: decision, pointer: '/body' }, imposed];
}

function penaltyOf(
  { kind, ...terms }: PenaltyTerms,
  shared: Circumstance & { decisionId: Uuid; penaltyId: Uuid; proceedingId?: Uuid },
  pointer: string,
): Asked<'Sentenced' | 'Fined'> {
  const data = { ...terms, ...shared };
  switch (kind) {
    case 'sentence':
      return { type: 'Sentenced', data, pointer };
    case 'fine':
      return { type: 'Fined', data, pointer };
    default:
      throw malformed(`${pointer}/kind`, `must be sentence or fine, not ${String(kind satisfies never)}`);
  }
}
