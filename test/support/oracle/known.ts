import type { Source, Uuid } from '../../../src/cases/domain/facts/common.js';
import type { FactData, FactType, RecordedFact } from '../../../src/cases/domain/facts/facts.js';
import { boundsOf, dayOfInstant, type Bounds, type Day } from './days.js';

/** A fact that stands, in its last corrected form, with its bounds and the sources that agree with it. */
export type Known<T extends FactType = FactType> = {
  [K in T]: {
    type: K;
    data: FactData[K];
    eventId: Uuid;
    accounts: readonly Source[];
    recordedDay: Day;
    /** As its own date and sources say. */
    said: Bounds;
    /** The same, tightened where it is the arrest or the end of a detention. */
    bounds: Bounds;
  };
}[T];

export const ofType = <T extends FactType>(facts: readonly Known[], ...types: readonly T[]): Known<T>[] =>
  facts.filter((fact) => (types as readonly FactType[]).includes(fact.type)) as Known<T>[];

const publishedBy = (accounts: readonly Source[]): (string | undefined)[] =>
  accounts.map((source) => source.published);

/** The bounds of another date the fact carries; an open latest is closed as that of the fact itself. */
export const boundsWithin = (fact: Known, text: string): Bounds =>
  boundsOf(text, publishedBy(fact.accounts), fact.recordedDay);

export function knownFacts(recorded: readonly RecordedFact[]): Known[] {
  const inOrder = [...recorded].sort(
    (a, b) =>
      Date.parse(a.recordedAt) - Date.parse(b.recordedAt) ||
      (a.caseId < b.caseId ? -1 : a.caseId > b.caseId ? 1 : a.revision - b.revision),
  );
  const known = inOrder
    .filter((fact) => !CORRECTING.has(fact.type) && stands(fact, inOrder))
    .map((fact) => asKnown(fact, inOrder));
  return tightened(known);
}

const CORRECTING: ReadonlySet<FactType> = new Set(['EventCorrected', 'EventVoided', 'SourceCited']);

const after = ({ eventId }: { eventId: Uuid }, inOrder: readonly RecordedFact[]): readonly RecordedFact[] =>
  inOrder.slice(inOrder.findIndex((fact) => fact.eventId === eventId) + 1);

/** Nothing that stands voids it. A void names something recorded before it, so this comes to an end. */
const stands = (fact: RecordedFact, inOrder: readonly RecordedFact[]): boolean =>
  !after(fact, inOrder).some(
    (later) => later.type === 'EventVoided' && later.data.eventId === fact.eventId && stands(later, inOrder),
  );

/** The payload as last corrected; a correction may itself have been corrected. */
function payloadOf<Data>(fact: { eventId: Uuid; data: Data }, inOrder: readonly RecordedFact[]): Data {
  let payload: unknown = fact.data;
  for (const later of after(fact, inOrder)) {
    if (later.type !== 'EventCorrected' || !stands(later, inOrder)) continue;
    const correction = payloadOf(later, inOrder);
    if (correction.eventId === fact.eventId) payload = correction.data;
  }
  return payload as Data;
}

function asKnown(fact: RecordedFact, inOrder: readonly RecordedFact[]): Known {
  const data = payloadOf<FactData[FactType]>(fact, inOrder);
  const accounts = [...(data.sources ?? [])];
  for (const later of inOrder) {
    if (later.type !== 'SourceCited' || !stands(later, inOrder)) continue;
    const citation = payloadOf(later, inOrder);
    if (citation.agrees && citation.eventId === fact.eventId) accounts.push(citation.source);
  }
  const recordedDay = dayOfInstant(fact.recordedAt);
  const said = boundsOf(data.at, publishedBy(accounts), recordedDay);
  return { type: fact.type, data, eventId: fact.eventId, accounts, recordedDay, said, bounds: said } as Known;
}

/** An end is not earlier than its arrest's earliest, an arrest not later than its end's latest. */
function tightened(facts: readonly Known[]): Known[] {
  const arrests = ofType(facts, 'Arrested');
  const ends = ofType(facts, 'Released', 'DiedInCustody');
  return facts.map((fact) => {
    let { earliest, latest } = fact.said;
    if (fact.type === 'Arrested') {
      for (const end of ends) {
        if (end.data.detentionId === fact.data.detentionId) latest = Math.min(latest, end.said.latest);
      }
    }
    if (fact.type === 'Released' || fact.type === 'DiedInCustody') {
      for (const arrest of arrests) {
        if (arrest.data.detentionId === fact.data.detentionId) {
          earliest = Math.max(earliest, arrest.said.earliest);
        }
      }
    }
    return { ...fact, bounds: { earliest, latest: Math.max(earliest, latest) } };
  });
}
