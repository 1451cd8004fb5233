import { Injectable } from '@nestjs/common';
import { Ledger } from '../ledger/ledger.js';
import type { RecordedEvent } from '../ledger/recorded-event.js';
import { streamOf } from './case-stream.js';
import type { FactData, RecordedFact } from './domain/facts/facts.js';
import { inRecordOrder } from './domain/file/facts-in-force.js';
import { factOf } from './recorded-fact.js';

/** All that has been recorded of a case, merged ones included. */
export interface CaseHistory {
  /** The case that answers: the survivor, where the one asked for is merged away. */
  caseId: string;
  /** The cases that were merged into it, directly or through another. */
  mergedFrom: string[];
  /** In record order. */
  events: RecordedEvent[];
  /** The same as the domain reads them. */
  recorded: RecordedFact[];
  /** Of the answering case's own stream. */
  revision: number;
  /** Of the last event of all streams read. */
  position: string;
  lastRecordedAt: string;
}

/** Reads cases from their streams, following merges. */
@Injectable()
export class CaseHistories {
  constructor(private readonly ledger: Ledger) {}

  /**
   * The history of the case that answers for `caseId`; undefined if nothing is recorded of it. With `knownAt` (RFC 3339) as
   * it was known then: a case merged away later answers for itself.
   */
  async load(caseId: string, { knownAt }: { knownAt?: string } = {}): Promise<CaseHistory | undefined> {
    const own = await this.#ownOrSurvivors(caseId, knownAt);
    const last = own?.events.at(-1);
    if (!own || !last) return undefined;
    const { events, absorbed } = await this.#withAbsorbed(own.events, knownAt);
    return {
      caseId: own.caseId,
      mergedFrom: absorbed,
      ...ordered(events, absorbed.length > 0),
      revision: last.revision,
      position: events.reduce((latest, { position }) => (position > latest ? position : latest), ''),
      lastRecordedAt: last.recordedAt,
    };
  }

  /** What stands in the file of this very case and of those merged into it, in record order; it is not followed to a survivor. */
  async recordedOf(caseId: string): Promise<RecordedFact[]> {
    const { events, absorbed } = await this.#withAbsorbed(await this.#stream(caseId, undefined), undefined);
    return ordered(events, absorbed.length > 0).recorded;
  }

  async #ownOrSurvivors(
    caseId: string,
    knownAt: string | undefined,
  ): Promise<{ caseId: string; events: RecordedEvent[] } | undefined> {
    const seen = new Set<string>();
    for (let next: string | undefined = caseId; next !== undefined && !seen.has(next);) {
      seen.add(next);
      const events: RecordedEvent[] = await this.#stream(next, knownAt);
      const survivor = mergedInto(events);
      if (survivor === undefined) return { caseId: next, events };
      next = survivor;
    }
    return undefined;
  }

  async #withAbsorbed(
    own: RecordedEvent[],
    knownAt: string | undefined,
  ): Promise<{ events: RecordedEvent[]; absorbed: string[] }> {
    const events = [...own];
    const absorbed: string[] = [];
    for (const { caseId, throughRevision } of absorbedBy(own)) {
      const theirs = await this.#stream(caseId, knownAt);
      const inner = await this.#withAbsorbed(
        theirs.filter(({ revision }) => revision <= throughRevision),
        knownAt,
      );
      events.push(...inner.events);
      absorbed.push(caseId, ...inner.absorbed);
    }
    return { events, absorbed };
  }

  async #stream(caseId: string, knownAt: string | undefined): Promise<RecordedEvent[]> {
    const events = await this.ledger.read(streamOf(caseId));
    if (knownAt === undefined) return events;
    const until = Date.parse(knownAt);
    return events.filter(({ recordedAt }) => Date.parse(recordedAt) <= until);
  }
}

function mergedInto(own: readonly RecordedEvent[]): string | undefined {
  const last = own.findLast(({ type }) => type === 'CaseMerged' || type === 'CaseUnmerged');
  return last?.type === 'CaseMerged' ? dataOf<'CaseMerged'>(last).intoCaseId : undefined;
}

function absorbedBy(own: readonly RecordedEvent[]): FactData['CaseAbsorbed'][] {
  const absorbed = new Map<string, FactData['CaseAbsorbed']>();
  for (const event of own) {
    if (event.type === 'CaseAbsorbed') {
      const data = dataOf<'CaseAbsorbed'>(event);
      absorbed.set(data.caseId, data);
    }
    if (event.type === 'CaseReleasedFromMerge')
      absorbed.delete(dataOf<'CaseReleasedFromMerge'>(event).caseId);
  }
  return [...absorbed.values()];
}

const dataOf = <T extends keyof FactData>({ data }: RecordedEvent): FactData[T] =>
  data as unknown as FactData[T];

/** The events of one stream stand in record order already. */
function ordered(events: RecordedEvent[], several: boolean): Pick<CaseHistory, 'events' | 'recorded'> {
  const facts = events.map(factOf);
  if (!several) return { events, recorded: facts };
  const byId = new Map(events.map((event) => [event.eventId, event]));
  const recorded = inRecordOrder(facts);
  return {
    recorded,
    events: recorded.map(({ eventId }) => byId.get(eventId)).filter((event) => event !== undefined),
  };
}
