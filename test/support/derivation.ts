import { derive, type DerivedCase } from '../../src/cases/domain/timeline/derive.js';
import { docketOf } from '../../src/cases/domain/timeline/docket.js';
import type { RecordedFact } from '../../src/cases/domain/facts/facts.js';
import type { HistoryEvent } from './caseworker.js';
import { day, LAW } from './derived.js';

/** What the answer of a case must say on a day, worked out from the history that was read back. */
export function derivedFrom(caseId: string, history: readonly HistoryEvent[], asOf: string): DerivedCase {
  const docket = docketOf(caseId, history as unknown as RecordedFact[], LAW);
  // As it looks after it has gone over the wire.
  return JSON.parse(JSON.stringify(derive(docket, day(asOf), LAW))) as DerivedCase;
}
