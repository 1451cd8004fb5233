import { isUnconfirmed } from './count-held.js';
import type { MissingInFile } from './figures.js';
import type { InScope } from './in-scope.js';
import { MISSING_CODES, type MissingCode, type Sheet, type WorldRows } from './sheet.js';

/** What is missing in the file of somebody who is counted. Call it last: whoever is counted nowhere lacks nothing. */
export function countMissing({ sheet, cells, asOf }: InScope): MissingInFile[] {
  if (!cells.has('persons_documented')) return [];
  const found: MissingInFile[] = [];
  for (const code of MISSING_CODES) {
    const times = timesMissing(sheet, code, asOf);
    if (times === 0) continue;
    cells.person('files_missing', code);
    cells.add('missing', code, times);
    found.push({ caseId: sheet.caseId, code, times });
  }
  return found;
}

function timesMissing(sheet: Sheet, code: MissingCode, asOf: number): number {
  const recorded = sheet.missing?.[code] ?? 0;
  if (code === 'custody_unsupported') return detentionsUnsupported(sheet, asOf);
  // Whoever has not been heard of since the last that is known may be out, and nobody wrote it down.
  const unheardOf = code === 'no_release' && sheet.held !== undefined && isUnconfirmed(sheet.held, asOf);
  return recorded + Number(unheardOf && !sheet.held?.possibly);
}

/** Detentions that may have lasted for days, of which not one is supported. */
function detentionsUnsupported({ narrow, wide }: Sheet, asOf: number): number {
  if (!wide) return 0;
  const supported = detentionsWithin(narrow, asOf);
  return [...detentionsWithin(wide, asOf)].filter((place) => !supported.has(place)).length;
}

function detentionsWithin(world: WorldRows | undefined, asOf: number): Set<number> {
  const custody = world?.custody ?? [];
  const places = new Set<number>();
  for (let i = 0; i < custody.length; i += 3) {
    if ((custody[i] ?? -Infinity) < asOf) places.add(custody[i + 2]!);
  }
  return places;
}
