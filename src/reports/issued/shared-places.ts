import type { CaseRecords } from '../../cases/read-models/case-records.js';
import { CASE_STREAMS, streamOf } from '../../cases/case-stream.js';
import { HabeasError } from '../../errors.js';
import type { EventStore, Position, StoredEvent } from '../../event-store/event-store.js';
import { isForeign } from '../../event-store/foreign-position.js';
import { leafHashIn, saysItself } from '../../ledger/chain.js';
import { REGISTER_STREAMS } from '../../register/register-stream.js';
import type { IssuedReport, SharedPlace } from './report-issued.js';

/** Figures are made of nothing else. */
const WHAT_COUNTS = { prefixes: [CASE_STREAMS, ...REGISTER_STREAMS] };
const NOTHING: SharedPlace = { opened: 0, since: 0, leafHash: null };

export interface SharedPlacesParts {
  store: Pick<EventStore, 'head' | 'read' | 'readAll'>;
  openings: Pick<CaseRecords, 'openedUpTo' | 'openedAs'>;
  /** Resolves once the openings are known up to a position, all of them; throws `read-model-behind` and `cases-unreadable`. */
  shown: (position: Position) => Promise<void>;
}

/**
 * Notes of which state of the register a report is, and finds that state again in this store or in a copy of it. A store that was moved
 * keeps the order of its events and gives other positions; so it is counted in that order, from the last case that was opened.
 */
export class SharedPlaces {
  constructor(private readonly parts: SharedPlacesParts) {}

  /** Of the last event that counts up to a position of this store. */
  async at(position: Position): Promise<SharedPlace> {
    if (position === '') return NOTHING;
    const { openings, shown } = this.parts;
    await shown(position);
    const opened = await openings.openedUpTo(position);
    const opening = await this.#opening(opened);
    let last = opening;
    let since = 0;
    for await (const event of this.#after(opening)) {
      if (event.position > position) break;
      last = event;
      since += 1;
    }
    return last ? { opened, since, leafHash: leafHashIn(last) } : NOTHING;
  }

  /**
   * The position in this store up to which everything counts that did when a report was issued; empty: nothing does. Throws
   * `issue-out-of-place` rather than to take another state for that one.
   */
  async positionOf({
    issueId,
    place,
    content,
  }: Pick<IssuedReport, 'issueId' | 'place' | 'content'>): Promise<Position> {
    const head = await this.parts.store.head();
    if (!place) {
      const { position } = content.basis;
      if (position === '' || !isForeign(position, head)) return position;
      throw outOfPlace(
        `${issueId} was issued in another store, by a release that did not note what both have in common, or in this one before it was put back to an older state`,
      );
    }
    if (place.leafHash === null) return '';
    if (head !== undefined) await this.parts.shown(head);
    const event = await this.#eventAt(place);
    if (event && saysItself(event) && leafHashIn(event) === place.leafHash) return event.position;
    throw outOfPlace(
      `the last event that ${issueId} rests on does not stand in this store as it did when that was issued: something is missing, was altered or was put in before it`,
    );
  }

  async #eventAt({ opened, since }: SharedPlace): Promise<StoredEvent | undefined> {
    const opening = await this.#opening(opened);
    if (opened > 0 && !opening) return undefined;
    if (since === 0) return opening;
    let left = since;
    for await (const event of this.#after(opening)) {
      left -= 1;
      if (left === 0) return event;
    }
    return undefined;
  }

  async #opening(nth: number): Promise<StoredEvent | undefined> {
    const { openings, store } = this.parts;
    const opened = nth === 0 ? undefined : await openings.openedAs(nth);
    return opened && (await store.read(streamOf(opened.caseId)))[0];
  }

  async *#after(opening: StoredEvent | undefined): AsyncGenerator<StoredEvent> {
    for await (const batch of this.parts.store.readAll(opening?.position, WHAT_COUNTS)) yield* batch;
  }
}

const outOfPlace = (detail: string): HabeasError => new HabeasError('refused', 'issue-out-of-place', detail);
