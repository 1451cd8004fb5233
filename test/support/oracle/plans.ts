import type { Source } from '../../../src/cases/domain/facts/common.js';

/** A fine before it has a currency. */
export interface FinePlan {
  /** What it is worth in base units, so that it has a size in any currency. */
  units: number;
  /** Adds an amount that makes it no whole number of base units. */
  odd: boolean;
  as: 'amount' | 'baseUnits' | 'both' | 'reported';
  qualifier?: string;
  reportedIn: ('local' | 'USD' | 'EUR')[];
}

export type PenaltyPlan =
  | { kind: 'sentence'; id: number; data: Record<string, unknown> }
  | { kind: 'fine'; id: number; fine: FinePlan };

/**
 * What is to be recorded. A number picks among what is recorded so far; where there is nothing to pick, the plan
 * comes to nothing, as the command would be refused. Detentions and proceedings may be named before they are recorded.
 */
export type Plan = { when: { at?: string; sources?: Source[] }; hoursLater: number } & (
  | { plan: 'fact'; type: string; data: Record<string, unknown> }
  | { plan: 'decision'; id: number; proceedingId?: string; outcome: string; penalties: PenaltyPlan[] }
  | { plan: 'penalty'; decision: number; penalty: PenaltyPlan }
  | { plan: 'change'; type: ChangeType; penalty: number; units: number; currency: number; days: number }
  | { plan: 'hearing held'; hearing: number; counselPresent?: boolean }
  | { plan: 'appeal'; id: number; decision: number }
  | { plan: 'appeal decided'; appeal: number; outcome: string }
  | { plan: 'correction'; back: number; days: number; regime: string }
  | { plan: 'void'; back: number }
  | { plan: 'citation'; back: number; source: Source; agrees: boolean }
);

export const CHANGE_TYPES = [
  'SentenceReduced',
  'PenaltyAnnulled',
  'FineReduced',
  'FineWithdrawn',
  'FinePaid',
  'FineRefunded',
] as const;
type ChangeType = (typeof CHANGE_TYPES)[number];

const uuid = (kind: number, n: number): string => `0000000${kind}-0000-4000-8000-00000000000${n}`;

export const ids = {
  detention: (n: number): string => uuid(1, n),
  proceeding: (n: number): string => uuid(2, n),
  decision: (n: number): string => uuid(3, n),
  penalty: (n: number): string => uuid(4, n),
  hearing: (n: number): string => uuid(5, n),
  appeal: (n: number): string => uuid(6, n),
  denial: (n: number): string => uuid(7, n),
};
