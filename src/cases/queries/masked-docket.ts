import { withoutPersonalFields } from '../domain/facts/personal-fields.js';
import type { DatedFact, Docket } from '../domain/timeline/docket.js';

/**
 * The docket without what is personal. Figures, status and findings are made of codes, dates and amounts, so they come out
 * the same; names, texts and places do not come out at all.
 */
export const maskedDocket = ({ caseId, facts }: Docket): Docket => ({
  caseId,
  facts: facts.filter(({ type }) => type !== 'NameRecorded').map(masked),
});

function masked(fact: DatedFact): DatedFact {
  const data = withoutPersonalFields(fact.type, fact.data);
  if (fact.type !== 'CaseOpened') return { ...fact, data } as DatedFact;
  return {
    ...fact,
    data: { ...data, person: { ...(data['person'] as object), names: [] } },
  } as unknown as DatedFact;
}
