import type { Source, Uuid } from '../facts/common.js';
import type { FactData, FactType, RecordedFact } from '../facts/facts.js';

/** A fact that stands: not voided, in its last corrected form, with its own sources and those that agree with it. */
export type FactInForce<T extends FactType = FactType> = RecordedFact<T> & { accounts: readonly Source[] };

type CorrectingType = 'EventCorrected' | 'EventVoided' | 'SourceCited';
const CORRECTING: ReadonlySet<FactType> = new Set<CorrectingType>([
  'EventCorrected',
  'EventVoided',
  'SourceCited',
]);

export const isCorrecting = (fact: RecordedFact): fact is RecordedFact<CorrectingType> =>
  CORRECTING.has(fact.type);

/** Across the streams of a merged file: by the time of recording; within one stream: as they stand there. */
export function inRecordOrder(facts: readonly RecordedFact[]): RecordedFact[] {
  return [...facts].sort(
    (a, b) => compare(a.recordedAt, b.recordedAt) || compare(a.caseId, b.caseId) || a.revision - b.revision,
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What corrections and voids are about: facts of cases, and of the streams beside them. */
export interface Corrigible {
  readonly eventId: Uuid;
  readonly type: string;
  readonly data: object;
}

/** The ids of the events that are voided by a void that is not itself voided. */
export function voidedEvents(recorded: readonly Corrigible[]): ReadonlySet<Uuid> {
  const voided = new Set<Uuid>();
  // A void names an earlier event, so whoever reads from the end knows already whether it stands.
  for (const { type, eventId, data } of recorded.toReversed()) {
    if (type === 'EventVoided' && !voided.has(eventId)) voided.add((data as FactData['EventVoided']).eventId);
  }
  return voided;
}

/** By the ids of the events they correct: the corrections that stand, of several of one event the last. `recorded` is in record order. */
export function corrections(
  recorded: readonly Corrigible[],
  voided: ReadonlySet<Uuid>,
): ReadonlyMap<Uuid, { eventId: Uuid; data: Record<string, unknown> }> {
  const standing = recorded.filter(({ type, eventId }) => type === 'EventCorrected' && !voided.has(eventId));
  return new Map(
    standing.map(({ eventId, data }) => {
      const correction = data as FactData['EventCorrected'];
      return [correction.eventId, { eventId, data: correction.data }];
    }),
  );
}

/** Applies corrections, voids and citations. `recorded` is in record order. */
export function factsInForce(recorded: readonly RecordedFact[]): FactInForce[] {
  if (!recorded.some(isCorrecting)) return recorded.map((fact) => standing(fact));

  const voided = voidedEvents(recorded);
  const corrected = corrections(recorded, voided);
  const citations = recorded.filter((fact) => fact.type === 'SourceCited' && !voided.has(fact.eventId));
  const agreeing = new Map<Uuid, Source[]>();
  for (const citation of citations) {
    const data = (corrected.get(citation.eventId) ?? citation).data as unknown as FactData['SourceCited'];
    if (data.agrees) agreeing.set(data.eventId, [...(agreeing.get(data.eventId) ?? []), data.source]);
  }

  const inForce: FactInForce[] = [];
  for (const fact of recorded) {
    if (isCorrecting(fact) || voided.has(fact.eventId)) continue;
    const data = corrected.get(fact.eventId)?.data;
    inForce.push(
      standing(data ? ({ ...fact, data } as unknown as RecordedFact) : fact, agreeing.get(fact.eventId)),
    );
  }
  return inForce;
}

const NONE: readonly Source[] = [];

function standing(fact: RecordedFact, agreeing?: readonly Source[]): FactInForce {
  const own = fact.data.sources ?? NONE;
  return { ...fact, accounts: agreeing ? [...own, ...agreeing] : own };
}
