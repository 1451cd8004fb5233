import type { Uuid } from '../../facts/common.js';
import type { CaseFile } from '../../file/case-file.js';
import type { FactInForce } from '../../file/facts-in-force.js';
import type { Rule } from './rule.js';
import { refused } from './refused.js';

type Change =
  'SentenceReduced' | 'FineReduced' | 'PenaltyAnnulled' | 'FineWithdrawn' | 'FinePaid' | 'FineRefunded';

const sentenceOf = (file: CaseFile, penaltyId: Uuid): FactInForce<'Sentenced'> | undefined =>
  file.of('Sentenced').find(({ data }) => data.penaltyId === penaltyId);

export const fineOf = (file: CaseFile, penaltyId: Uuid): FactInForce<'Fined'> | undefined =>
  file.of('Fined').find(({ data }) => data.penaltyId === penaltyId);

export const penaltyIsKnown: Rule<Change> = ({ data }, { file }) => {
  if (!sentenceOf(file, data.penaltyId) && !fineOf(file, data.penaltyId)) {
    throw refused('unknown-penalty', 'no penalty of this id is recorded in the case');
  }
};

export const isSentence: Rule<Change> = ({ data }, { file }) => {
  if (!sentenceOf(file, data.penaltyId)) throw refused('not-a-sentence', 'this penalty is a fine');
};

export const isFine: Rule<Change> = ({ data }, { file }) => {
  if (!fineOf(file, data.penaltyId)) throw refused('not-a-fine', 'this penalty is a sentence');
};

/** Whatever the dates: what was annulled counts as never imposed, and nothing is left to change. */
export const isNotAnnulled: Rule<Change> = ({ data }, { file }) => {
  if (file.of('PenaltyAnnulled').some((other) => other.data.penaltyId === data.penaltyId)) {
    throw refused('penalty-annulled', 'this penalty is annulled');
  }
};

export const isNotWithdrawn: Rule<'FineWithdrawn'> = ({ data }, { file }) => {
  if (file.of('FineWithdrawn').some((other) => other.data.penaltyId === data.penaltyId)) {
    throw refused('already-withdrawn', 'the withdrawal of this fine is recorded');
  }
};

/** Against the term as imposed: of several reductions, the latest by date holds, in whatever order they came in. */
export const isShorter: Rule<'SentenceReduced'> = ({ data }, { file, pointer }) => {
  const sentence = sentenceOf(file, data.penaltyId);
  if (sentence && data.days >= sentence.data.days) {
    throw refused('not-a-reduction', `${sentence.data.days} days were imposed`, `${pointer}/days`);
  }
};
