import type { Shown } from '../../http/access-journal.js';
import type { CaseReplay } from '../queries/replay-case.js';

/** As they are answered: with everything, or without what is personal. */
export const shownCases = (
  cases: readonly { caseId: string; mergedFrom: readonly string[]; masked?: true }[],
): Shown => ({
  cases,
  fields: cases.length === 0 ? 'none' : cases.every(({ masked }) => masked) ? 'masked' : 'all',
});

/** Whatever it was part of, or held, at any of the steps. */
export const shownInReplay = (replay: CaseReplay): Shown =>
  shownCases([replay, ...replay.items.flatMap((step) => step.case ?? [])]);

/** By name. */
export const shownPersons = (items: readonly { caseId: string }[]): Shown => ({
  cases: items,
  fields: items.length === 0 ? 'none' : 'person',
});
