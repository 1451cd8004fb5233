import { boundsOf, publishedBy, type Bounds } from '../dates/bounds.js';
import type { Day } from '../dates/day.js';
import type { Circumstance } from '../facts/common.js';
import type { FactData, FactType, RecordedFact } from '../facts/facts.js';
import { factsInForce, type FactInForce } from '../file/facts-in-force.js';
import type { Law } from '../law/law.js';

/** A fact in force with everything the derivation asks about its dates, worked out once. Plain JSON. */
export type DatedFact<T extends FactType = FactType> = {
  [K in T]: {
    type: K;
    eventId: string;
    caseId: string;
    /** Without the sources: what the derivation needs of them is beside it. */
    data: Omit<FactData[K], 'sources'>;
    on: Bounds;
    sourced: boolean;
    /** The latest day of its earliest publication. */
    published?: Day;
    /** Of a sentence: `creditedFrom`. */
    creditedFrom?: Bounds;
    /** Of a denial of counsel: `until`. */
    until?: Bounds;
  };
}[T];

/** All that stands in a case, merged ones included, in record order: what every answer about it is derived from. */
export interface Docket {
  caseId: string;
  facts: DatedFact[];
}

/** `recorded` is in record order and cut at the known-at of the question. */
export function docketOf(caseId: string, recorded: readonly RecordedFact[], law: Law): Docket {
  return { caseId, facts: factsInForce(recorded).map((fact) => dated(fact, law.timeZone)) };
}

function dated(fact: FactInForce, timeZone: string): DatedFact {
  const { sources: _, ...data } = fact.data as Circumstance & Record<string, unknown>;
  const bounds = (written: string | undefined): Bounds =>
    boundsOf(written, fact.accounts, fact.recordedAt, timeZone);
  const dated = {
    type: fact.type,
    eventId: fact.eventId,
    caseId: fact.caseId,
    data,
    on: bounds(fact.data.at),
    sourced: fact.accounts.length > 0,
  } as DatedFact;
  const published = publishedBy(fact.accounts, timeZone);
  if (published !== undefined) dated.published = published;
  if (fact.type === 'Sentenced' && fact.data.creditedFrom !== undefined) {
    dated.creditedFrom = bounds(fact.data.creditedFrom);
  }
  if (fact.type === 'CounselDenied' && fact.data.until !== undefined) {
    dated.until = bounds(fact.data.until);
  }
  return dated;
}
