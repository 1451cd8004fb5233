import { setImmediate } from 'node:timers/promises';
import type { Day } from '../../cases/domain/dates/day.js';
import type { Law } from '../../cases/domain/law/law.js';
import type { CaseSnapshot } from '../../cases/read-models/case-snapshot.js';
import { sheetOn } from '../figures/sheet-on.js';
import { sheetOf } from '../figures/sheet-of.js';
import type { Sheet } from '../figures/sheet.js';

/** The sheets of all cases, or of one, as the read model has them: those kept ready, and of the others those for the day. */
export async function* sheetsToday(
  snapshot: CaseSnapshot,
  { day, law, caseId, signal }: { day: Day; law: Law; caseId?: string; signal: AbortSignal },
): AsyncGenerator<readonly Sheet[]> {
  if (caseId !== undefined) {
    const docket = await snapshot.docketOf(caseId);
    if (docket) yield [sheetOn(docket, law, day)];
    return;
  }
  for await (const page of snapshot.sheets(day)) {
    signal.throwIfAborted();
    yield page.map((sheet) => JSON.parse(sheet) as Sheet);
    await setImmediate();
  }
  for await (const page of snapshot.unsettled(day)) {
    signal.throwIfAborted();
    yield page.map((docket) => sheetOf(docket, law, day));
    await setImmediate();
  }
}
