import type { RecordedEvent } from '../ledger/recorded-event.js';
import type { RecordedFact } from './domain/facts/facts.js';
import { factOf } from './recorded-fact.js';

type LastWord = 'CaseAbsorbed' | 'CaseReleasedFromMerge';

/**
 * What the stream of a case, by itself, says of its merges. The two streams of a merge are written one after the other, and a
 * crash may come between: a merge stands only while both say so.
 */
export interface Merges {
  /** The case it says it is merged into. */
  into: string | undefined;
  /** The last word on every case that it has ever absorbed. */
  said: ReadonlyMap<string, RecordedFact<LastWord>>;
}

/** `own` are the events of one stream. */
export function mergesIn(own: readonly RecordedEvent[]): Merges {
  let into: string | undefined;
  const said = new Map<string, RecordedFact<LastWord>>();
  for (const event of own) {
    if (!isOfMerge(event)) continue;
    const fact = factOf(event);
    if (fact.type === 'CaseMerged') into = fact.data.intoCaseId;
    else if (fact.type === 'CaseUnmerged') into = undefined;
    else said.set(otherCaseOf(event), fact as RecordedFact<LastWord>);
  }
  return { into, said };
}

/** What the case says it holds, and through which revision of the other. */
export const absorbedIn = ({ said }: Merges): RecordedFact<'CaseAbsorbed'>[] =>
  [...said.values()].filter((fact) => fact.type === 'CaseAbsorbed');

export interface MergePairIds {
  survivorId: string;
  loserId: string;
}

/** True if one of the two says that they are merged, and the other that they are not. */
export function isHalfDone({ survivorId, loserId }: MergePairIds, survivor: Merges, loser: Merges): boolean {
  const word = survivor.said.get(loserId);
  return word !== undefined && (word.type === 'CaseAbsorbed') !== (loser.into === survivorId);
}

type MergeFact = 'CaseMerged' | 'CaseUnmerged' | 'CaseAbsorbed' | 'CaseReleasedFromMerge';

const OF_MERGES: ReadonlySet<string> = new Set<MergeFact>([
  'CaseMerged',
  'CaseUnmerged',
  'CaseAbsorbed',
  'CaseReleasedFromMerge',
]);

export const isOfMerge = ({ type }: { type: string }): boolean => OF_MERGES.has(type);

/** The case that a fact of a merge names; the event must be one (`isOfMerge`). */
export function otherCaseOf(event: RecordedEvent): string {
  const fact = factOf(event) as RecordedFact<MergeFact>;
  if (fact.type === 'CaseMerged') return fact.data.intoCaseId;
  return fact.type === 'CaseUnmerged' ? fact.data.fromCaseId : fact.data.caseId;
}
