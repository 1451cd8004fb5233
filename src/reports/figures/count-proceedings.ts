import { counts, type InScope } from './in-scope.js';
import { DECISION_CLASSES, type Place, type Sheet } from './sheet.js';

/** The row of what no article is recorded for. */
export const NO_ARTICLE = 'none';

const OF_NO_ARTICLE = [NO_ARTICLE, NO_ARTICLE] as const;

/** Of the charge at a place: the article and its family. */
export const articleOf = (
  { charges, articles }: Sheet,
  charge: Place,
): readonly [article: string, family: string] => articles?.[charges?.[charge]?.[3] ?? -1] ?? OF_NO_ARTICLE;

export function countCharges(scope: InScope): void {
  const { sheet, links, calendar, cells } = scope;
  for (const [place, [on]] of (sheet.charges ?? []).entries()) {
    if (!counts(scope, on) || !links.charge(place)) continue;
    const uncertain = calendar.isUncertain(on);
    cells.count('charges', '', uncertain);
    cells.person('persons_charged', '', uncertain);
    cells.person('persons_documented');
    const [article, family] = articleOf(sheet, place);
    cells.count('charges_by_article', article, uncertain);
    cells.count('charges_by_family', family, uncertain);
    cells.person('persons_charged_by_article', article, uncertain);
    cells.person('persons_charged_by_family', family, uncertain);
  }
}

export function countDecisions(scope: InScope): void {
  const { sheet, links, calendar, cells } = scope;
  for (const [on, charge, outcome] of sheet.decisions ?? []) {
    if (!counts(scope, on) || !links.charge(charge)) continue;
    const uncertain = calendar.isUncertain(on);
    cells.count('decisions', '', uncertain);
    cells.count('decisions_by_outcome', DECISION_CLASSES[outcome]!, uncertain);
    cells.person('persons_documented');
  }
}
