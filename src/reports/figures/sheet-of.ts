import type { Day } from '../../cases/domain/dates/day.js';
import { familyOf, type Law } from '../../cases/domain/law/law.js';
import type { DatedFact, Docket } from '../../cases/domain/timeline/docket.js';
import { personIn } from '../../cases/domain/timeline/person.js';
import { courseOf, type Course } from './course.js';
import { heldIn, runsIn } from './sheet-held.js';
import { missingIn } from './sheet-missing.js';
import { conditionRows, denialRows, decisionRows, fineRows, sentenceRows } from './sheet-penalties.js';
import { arrestRows, chargeRows, detentionRows } from './sheet-proceedings.js';
import type { Sheet } from './sheet.js';
import { worldRows } from './sheet-worlds.js';

/**
 * All that a case can contribute to figures: without `asOf` on every day from `settledFrom` on, with it on that day, which is
 * how a question about an earlier day is answered. What links one fact to another does so whichever day is asked about.
 */
export function sheetOf(docket: Docket, law: Law, asOf?: Day): Sheet {
  const course = courseOf(docket, law, asOf);
  const campaigns = listOf(course, ({ data }) => data.campaignId);
  const provisions = listOf(course, ({ type, data }) =>
    type === 'Charged' && data.provision ? `${data.provision.code}/${data.provision.article}` : undefined,
  );
  const narrow = worldRows(course, course.narrow);
  const wide = worldRows(course, course.wide);
  const sheet: Sheet = {
    caseId: docket.caseId,
    settledFrom: course.settledFrom,
    ...(asOf === undefined ? {} : { asOf }),
    roles: personIn(docket).roles.toSorted(),
    campaigns,
    articles: provisions.map((provision) => {
      const [code, article] = provision.split('/') as [string, string];
      return [provision, familyOf(law, { code, article })];
    }),
    arrests: arrestRows(course, campaigns),
    detentions: detentionRows(course),
    charges: chargeRows(course, campaigns, provisions),
    decisions: decisionRows(course),
    sentences: sentenceRows(course),
    fines: fineRows(course),
    denials: denialRows(course),
    conditions: conditionRows(course),
    ...(narrow.custody || narrow.groups ? { narrow } : {}),
    ...(JSON.stringify(narrow) === JSON.stringify(wide) ? {} : { wide }),
    ...heldIn(course),
    runs: runsIn(course),
    ...missingIn(course),
  };
  return withoutEmptyLists(sheet);
}

/** What arrests and charges name, each once. */
function listOf({ book }: Course, named: (fact: Naming) => string | undefined): string[] {
  const names = new Set<string>();
  for (const fact of [...book.of('Arrested'), ...book.of('Charged')]) {
    const name = named(fact);
    if (name !== undefined) names.add(name);
  }
  return [...names];
}

type Naming = DatedFact<'Arrested' | 'Charged'>;

/** They are most of what a sheet could say, and take room in every one. */
const withoutEmptyLists = (sheet: Sheet): Sheet =>
  Object.fromEntries(
    Object.entries(sheet).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  ) as unknown as Sheet;
