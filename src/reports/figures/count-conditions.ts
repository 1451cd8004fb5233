import { counts, type InScope } from './in-scope.js';
import { DENIAL_RESULTS } from './sheet.js';

/** The row of denials for which no pretext is recorded. */
const NO_PRETEXT = 'none';

export function countDenials(scope: InScope): void {
  const { sheet, links, calendar, cells } = scope;
  for (const [on, detention, result, min, max, pretext] of sheet.denials ?? []) {
    if (!counts(scope, on) || !links.detention(detention)) continue;
    const uncertain = calendar.isUncertain(on);
    cells.count('counsel_denials', '', uncertain);
    cells.count('counsel_denials_by_result', DENIAL_RESULTS[result]!, uncertain);
    cells.count('counsel_denials_by_pretext', pretext || NO_PRETEXT, uncertain);
    cells.add('counsel_denial_hours', '', min, max ?? Infinity);
    cells.person('persons_documented');
  }
}

export function countConditions(scope: InScope): void {
  const { sheet, links, calendar, cells } = scope;
  for (const [on, detention, kind, hours] of sheet.conditions ?? []) {
    if (!counts(scope, on) || !links.detention(detention)) continue;
    const uncertain = calendar.isUncertain(on);
    cells.count('conditions', '', uncertain);
    cells.count('conditions_by_kind', kind, uncertain);
    cells.person('persons_documented');
    if (hours === undefined) continue;
    cells.add('condition_hours', '', hours);
    cells.add('condition_hours_by_kind', kind, hours);
  }
}
