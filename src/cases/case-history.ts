import { Injectable } from '@nestjs/common';
import type { Position, StoredEvent, Streams } from '../event-store/event-store.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import type { RecordedEvent } from '../ledger/recorded-event.js';
import { caseIdOf, streamOf } from './case-stream.js';
import type { RecordedFact } from './domain/facts/facts.js';
import { inRecordOrder } from './domain/file/facts-in-force.js';
import { readersIn } from './domain/file/restriction.js';
import { absorbedIn, isHalfDone, isOfMerge, mergesIn, otherCaseOf, type MergePairIds } from './merges.js';
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
  /** The last that was looked at, which need be no part of it: half of a merge stands in the other case's stream only. */
  seen: Seen;
  /** The principals that the case is restricted to, if it is. */
  readers: readonly string[] | undefined;
  /** Merges and partings of these cases of which one half is missing. */
  halfDone: MergePairIds[];
}

/** How far events go: the greatest position, and the latest instant. */
export interface Seen {
  position: Position;
  recordedAt: string;
}

/** What the read model says of what it has read. */
export interface MadeOfStreams {
  caseId: string;
  mergedFrom: readonly string[];
  position: Position;
}

/** What a case is read from: its own events first, then those of the cases it holds. */
interface Reading {
  events: RecordedEvent[];
  absorbed: string[];
  halfDone: MergePairIds[];
  seen: Seen;
}

/** Up to which of the recorded events a question goes; where both are given, both hold. */
export interface KnownBy {
  /** RFC 3339. */
  knownAt?: string;
  /** Of the last event that counts. */
  position?: Position;
}

/** Whether an event counts in such a question. */
export function isKnownBy({ knownAt, position }: KnownBy): (event: Seen) => boolean {
  const until = Date.parse(knownAt ?? '');
  return (event) =>
    (knownAt === undefined || Date.parse(event.recordedAt) <= until) &&
    (position === undefined || event.position <= position);
}

/** The events of a case's own stream, as far as the question goes. */
type OwnEvents = (caseId: string) => Promise<RecordedEvent[]>;

/** A case with what it was at any earlier moment, all from one reading of the streams. */
export interface CaseThroughTime {
  now: CaseHistory;
  /** As if nothing but these events had been recorded, whichever stream they stand in; undefined where there was no case then. */
  with(isThere: (event: RecordedEvent) => boolean): Promise<CaseHistory | undefined>;
  /** The events of any of its streams, those that are no part of it now included. */
  streamOf(caseId: string): Promise<readonly RecordedEvent[]>;
}

/** Reads cases from their streams, following the merges that stand: those of which both streams tell. */
@Injectable()
export class CaseHistories {
  constructor(private readonly ledger: LedgerReader) {}

  /**
   * The history of the case that answers for `caseId`; undefined if nothing is recorded of it. With `knownAt` or `position` as
   * it was known then: a case merged away later answers for itself. `streams` are read from instead of the store.
   */
  async load(caseId: string, asked: KnownBy & { streams?: Streams } = {}): Promise<CaseHistory | undefined> {
    return this.#history(caseId, this.#ownEvents(asked));
  }

  /** The case that answers for `caseId` today; undefined if nothing is recorded of it. */
  async throughTime(caseId: string): Promise<CaseThroughTime | undefined> {
    const own = this.#ownEvents();
    const now = await this.#history(caseId, own);
    if (!now) return undefined;
    return {
      now,
      with: (isThere) =>
        this.#history(now.caseId, async (id) => (await own(id)).filter((event) => isThere(event))),
      streamOf: own,
    };
  }

  async #history(caseId: string, own: OwnEvents): Promise<CaseHistory | undefined> {
    const answering = await answeringFor(caseId, own);
    const last = (await own(answering)).at(-1);
    if (!last) return undefined;
    const { events, absorbed, halfDone, seen } = await this.#withAbsorbed(answering, own);
    const { recorded, ...all } = ordered(events, absorbed.length > 0);
    return {
      caseId: answering,
      mergedFrom: absorbed,
      ...all,
      recorded,
      readers: readersIn(answering, recorded),
      revision: last.revision,
      position: events.reduce((latest, { position }) => (position > latest ? position : latest), ''),
      lastRecordedAt: last.recordedAt,
      seen,
      halfDone,
    };
  }

  /** The events that a record of the read model was made of, in record order: what was recorded since is left out. */
  async behind({ caseId, mergedFrom, position }: MadeOfStreams): Promise<RecordedEvent[]> {
    const streams = await Promise.all([caseId, ...mergedFrom].map((id) => this.ledger.read(streamOf(id))));
    const events = streams.flat().filter((event) => event.position <= position);
    return ordered(events, mergedFrom.length > 0).events;
  }

  /** Whether there is a case of this id, whatever can be read of it. */
  isRecorded(caseId: string): Promise<boolean> {
    return this.ledger.has(streamOf(caseId));
  }

  /** The principals that the case which answers for `caseId` is restricted to now; undefined also where there is none. */
  async readersOf(caseId: string): Promise<readonly string[] | undefined> {
    const own = this.#ownEvents();
    const answering = await answeringFor(caseId, own);
    return readersIn(answering, (await own(answering)).map(factOf));
  }

  /**
   * What stands in the file of this very case and of those it says it has absorbed, in record order. Its own stream alone is
   * asked, so this changes with its revision only.
   */
  async recordedOf(caseId: string): Promise<RecordedFact[]> {
    const { events, absorbed } = await this.#withAbsorbed(caseId, this.#ownEvents(), {
      atItsWord: true,
    });
    return ordered(events, absorbed.length > 0).recorded;
  }

  /** The cases that an event is about: the one in whose stream it stands and, of a merge, the other one too. */
  casesIn(event: StoredEvent): string[] {
    const own = caseIdOf(event.stream);
    if (!isOfMerge(event)) return [own];
    try {
      return [own, otherCaseOf(this.ledger.open(event))];
    } catch {
      // Whoever reads the case will meet the same event, and can say which case cannot be read.
      return [own];
    }
  }

  async #withAbsorbed(
    caseId: string,
    own: OwnEvents,
    { atItsWord = false, throughRevision = Infinity } = {},
  ): Promise<Reading> {
    const all = await own(caseId);
    const reading: Reading = {
      events: all.filter(({ revision }) => revision <= throughRevision),
      absorbed: [],
      halfDone: [],
      seen: all.reduce(further, NOTHING_SEEN),
    };
    const merges = mergesIn(all);
    const held = absorbedIn(mergesIn(reading.events));
    for (const loserId of merges.said.keys()) {
      const pair = { survivorId: caseId, loserId };
      const ofOther = await own(loserId);
      reading.seen = ofOther.reduce(further, reading.seen);
      const theirs = mergesIn(ofOther);
      if (isHalfDone(pair, merges, theirs)) reading.halfDone.push(pair);
      const absorbed = held.find(({ data }) => data.caseId === loserId);
      if (!absorbed || !(atItsWord || theirs.into === caseId)) continue;
      const inner = await this.#withAbsorbed(loserId, own, {
        atItsWord,
        throughRevision: absorbed.data.throughRevision,
      });
      reading.events.push(...inner.events);
      reading.absorbed.push(loserId, ...inner.absorbed);
      reading.halfDone.push(...inner.halfDone);
      reading.seen = further(reading.seen, inner.seen);
    }
    return reading;
  }

  /** Each stream is read once, so that all that is said of it is said of the same state. */
  #ownEvents({ knownAt, position, streams }: KnownBy & { streams?: Streams } = {}): OwnEvents {
    const read = new Map<string, Promise<RecordedEvent[]>>();
    const isKnown = isKnownBy({ knownAt, position });
    const stream = async (caseId: string): Promise<RecordedEvent[]> => {
      const events = await this.ledger.read(streamOf(caseId), 0, streams);
      return events.filter(isKnown);
    };
    return (caseId) => {
      const events = read.get(caseId) ?? stream(caseId);
      read.set(caseId, events);
      return events;
    };
  }
}

export const NOTHING_SEEN: Seen = { position: '', recordedAt: '' };

export const further = (one: Seen, other: Seen): Seen => ({
  position: other.position > one.position ? other.position : one.position,
  recordedAt: other.recordedAt > one.recordedAt ? other.recordedAt : one.recordedAt,
});

/** The case itself, or the one that holds it by a merge that stands. */
async function answeringFor(caseId: string, own: OwnEvents): Promise<string> {
  const { into } = mergesIn(await own(caseId));
  if (into === undefined) return caseId;
  const holds = mergesIn(await own(into)).said.get(caseId)?.type === 'CaseAbsorbed';
  return holds ? answeringFor(into, own) : caseId;
}

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
