import type { Uuid } from '../facts/common.js';
import type { FactType, RecordedFact } from '../facts/facts.js';
import { erasureIn, type Erasure } from './erasure.js';
import { factsInForce, voidedEvents, type FactInForce } from './facts-in-force.js';
import { ownIdOf } from './own-ids.js';
import { readersIn } from './restriction.js';

/**
 * What has been recorded of a case, as far as deciding needs it. The file of a case that absorbed others holds their
 * facts too; whether it is opened, closed, merged, restricted or erased is said by its own stream alone.
 */
export interface CaseFile {
  readonly recorded: readonly RecordedFact[];
  /** Undefined while nothing is recorded. */
  readonly caseId: Uuid | undefined;
  /** Of the last fact in the case's own stream; -1 while nothing is recorded. */
  readonly revision: number;
  readonly opened: boolean;
  readonly closed: boolean;
  readonly mergedInto: Uuid | undefined;
  /** The principals it is restricted to; undefined: it is not. */
  readonly readers: readonly Uuid[] | undefined;
  readonly erasure: Erasure | undefined;
  /** The cases merged into this one, and into those, and not released since. */
  readonly absorbed: ReadonlySet<Uuid>;
  readonly voided: ReadonlySet<Uuid>;
  readonly inForce: readonly FactInForce[];
  /** The ids brought in by facts in force. */
  readonly idsInUse: ReadonlySet<Uuid>;
  /** The facts in force of one type, in record order. */
  readonly of: <T extends FactType>(type: T) => readonly FactInForce<T>[];
}

/** `recorded` is in record order (`inRecordOrder`). */
export function fold(recorded: readonly RecordedFact[]): CaseFile {
  const absorbed = absorbedCases(recorded);
  const caseId = recorded.find((fact) => !absorbed.has(fact.caseId))?.caseId;
  const inForce = factsInForce(recorded);
  const own = recorded.filter((fact) => fact.caseId === caseId);
  const ownInForce = inForce.filter((fact) => fact.caseId === caseId);
  return {
    recorded,
    caseId,
    revision: own.at(-1)?.revision ?? -1,
    opened: own.some((fact) => fact.type === 'CaseOpened'),
    closed: isClosed(ownInForce),
    mergedInto: survivorOf(own),
    readers: readersIn(caseId, own),
    erasure: erasureIn(ownInForce),
    absorbed,
    voided: voidedEvents(recorded),
    ...standing(inForce),
  };
}

/** The file with one more fact, recorded after all the others. */
export const evolve = (file: CaseFile, fact: RecordedFact): CaseFile => fold([...file.recorded, fact]);

/** The file as it would read if that event did not stand. */
export const without = (file: CaseFile, eventId: Uuid): CaseFile => ({
  ...file,
  ...standing(file.inForce.filter((fact) => fact.eventId !== eventId)),
});

function standing(inForce: readonly FactInForce[]): Pick<CaseFile, 'inForce' | 'idsInUse' | 'of'> {
  const byType = Map.groupBy(inForce, (fact) => fact.type);
  return {
    inForce,
    idsInUse: new Set(inForce.map((fact) => ownIdOf(fact)?.id).filter((id) => id !== undefined)),
    of: <T extends FactType>(type: T) => (byType.get(type) ?? []) as FactInForce<T>[],
  };
}

function absorbedCases(recorded: readonly RecordedFact[]): ReadonlySet<Uuid> {
  const absorbed = new Set<Uuid>();
  for (const fact of recorded) {
    if (fact.type === 'CaseAbsorbed') absorbed.add(fact.data.caseId);
    if (fact.type === 'CaseReleasedFromMerge') absorbed.delete(fact.data.caseId);
  }
  return absorbed;
}

const isClosed = (own: readonly FactInForce[]): boolean =>
  own.findLast((fact) => fact.type === 'CaseClosed' || fact.type === 'CaseReopened')?.type === 'CaseClosed';

function survivorOf(own: readonly RecordedFact[]): Uuid | undefined {
  const last = own.findLast((fact) => fact.type === 'CaseMerged' || fact.type === 'CaseUnmerged');
  return last?.type === 'CaseMerged' ? last.data.intoCaseId : undefined;
}
