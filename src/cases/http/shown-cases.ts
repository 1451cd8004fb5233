import type { Shown } from '../../http/access-journal.js';

/** As they are answered: with everything, or without what is personal. */
export const shownCases = (
  cases: readonly { caseId: string; mergedFrom: readonly string[]; masked?: true }[],
): Shown => ({
  cases,
  fields: cases.length === 0 ? 'none' : cases.every(({ masked }) => masked) ? 'masked' : 'all',
});

/** By name. */
export const shownPersons = (items: readonly { caseId: string }[]): Shown => ({
  cases: items,
  fields: items.length === 0 ? 'none' : 'person',
});
