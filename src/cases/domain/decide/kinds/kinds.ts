import type { FactData } from '../../facts/facts.js';
import { caseKinds, type MergeFact } from './case.js';
import { correctionKinds } from './corrections.js';
import { custodyKinds } from './custody.js';
import { dueProcessKinds } from './due-process.js';
import { evidenceKinds } from './evidence.js';
import type { Kind, KindsOf } from './kind.js';
import { penaltyKinds } from './penalties.js';
import { proceedingKinds } from './proceedings.js';
import { protectionKinds } from './protection.js';

/** The facts that concern one case alone. */
export type OneCaseType = Exclude<keyof FactData, MergeFact>;

const KINDS: KindsOf<Omit<FactData, MergeFact>> = {
  ...caseKinds,
  ...protectionKinds,
  ...evidenceKinds,
  ...custodyKinds,
  ...proceedingKinds,
  ...penaltyKinds,
  ...dueProcessKinds,
  ...correctionKinds,
};

export const kindOf = <T extends OneCaseType>(type: T): Kind<T> => KINDS[type];
