import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { EventStore, type Position } from '../../event-store/event-store.js';
import { CaseHistories, type CaseHistory } from '../case-history.js';
import type { Day } from '../domain/dates/day.js';
import { queryKeys } from '../domain/names/name-keys.js';
import { docketOf } from '../domain/timeline/docket.js';
import { LawBook } from '../law-book.js';
import { NameIndex } from '../names/name-index.js';
import { OpenedNames } from '../names/opened-names.js';
import { CaseRecords } from '../read-models/case-records.js';
import { sealedNames } from '../read-models/sealed-names.js';
import { meetsTerms } from '../read-models/terms.js';
import type { CaseAnswer } from './case-answer.js';
import { CasesThen } from './cases-then.js';
import { Freshness } from './freshness.js';
import { SETTLED_AFTER_MS } from './settled-instant.js';
import type { Viewer } from './viewer.js';

/** Each is read from its stream. */
const AT_A_TIME = 50;
/** A page that finds little ends here, short of its limit, and says where the next one goes on. */
const MOST_LOOKED_AT = 1_000;

export interface ListedThen {
  /** All true of the case as it was known then, on the day. */
  terms: readonly string[];
  /** One of the names it went by then. */
  name?: string;
  day: Day;
  /** RFC 3339 in UTC with milliseconds, and settled. */
  knownAt: string;
  viewer: Viewer;
}

interface Found {
  history: CaseHistory;
  opened: Position;
}

/** Cases as they were known at an instant, the one opened last first: the one order that nothing recorded later can change. */
@Injectable()
export class ListThen {
  #seen: { head: Position | undefined; at: number } | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly records: CaseRecords,
    private readonly histories: CaseHistories,
    private readonly past: CasesThen,
    private readonly names: OpenedNames,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
    private readonly book: LawBook,
  ) {}

  /** `next`: the opening before which there may be more; null at the end. Throws `read-model-behind` while the read model may miss a case. */
  async page(
    asked: ListedThen,
    before: Position | undefined,
    limit: number,
  ): Promise<{ items: CaseAnswer[]; next: Position | null }> {
    await this.freshness.atLeast(await this.#headSettled(asked.knownAt));
    const found: Found[] = [];
    let next: Position | null | undefined = before;
    for (let looked = 0; next !== null && found.length <= limit && looked < MOST_LOOKED_AT;) {
      const opened = await this.records.openedBy(asked.knownAt, next, AT_A_TIME);
      found.push(...(await this.#among(opened, asked)));
      looked += opened.length;
      next = opened.length < AT_A_TIME ? null : (opened.at(-1)?.position ?? null);
    }
    const page = found.slice(0, limit);
    const { knownAt, viewer, day } = asked;
    const answers = await this.past.answers(
      viewer,
      page.map(({ history }) => ({ history, knownAt })),
      day,
    );
    return {
      items: answers.filter((one) => one !== undefined),
      next: found.length > limit ? (page.at(-1)?.opened ?? null) : (next ?? null),
    };
  }

  /** A head of the store before which all stands that was known at the instant. Every question is put on record, and moves the head on. */
  async #headSettled(knownAt: string): Promise<Position | undefined> {
    if (this.#seen && this.#seen.at - SETTLED_AFTER_MS >= Date.parse(knownAt)) return this.#seen.head;
    const at = this.clock.now().getTime();
    const head = await this.store.head();
    this.#seen = { head, at };
    return head;
  }

  async #among(
    opened: readonly { caseId: string; position: Position }[],
    { terms, name, day, knownAt, viewer }: ListedThen,
  ): Promise<Found[]> {
    const read = opened.map(async ({ caseId, position }) => {
      const history = await this.histories.load(caseId, { knownAt });
      // One that was merged away then is answered by its survivor.
      return history?.caseId === caseId ? [{ history, opened: position }] : [];
    });
    const there = (await Promise.all(read)).flat();
    const sights = await this.past.sightsOf(
      viewer,
      there.map(({ history }) => history),
    );
    const { law } = this.book;
    const meeting = there.filter(({ history }, i) => {
      const sight = sights[i]?.sight ?? 'none';
      // That it comes back for a name would tell the name.
      if (name === undefined ? sight === 'none' : sight !== 'whole') return false;
      return meetsTerms(docketOf(history.caseId, history.recorded, law), terms, day, law);
    });
    return name === undefined ? meeting : this.#named(meeting, name);
  }

  async #named(found: readonly Found[], name: string): Promise<Found[]> {
    const forms = await this.names.in(found.map(({ history }) => sealedNames(history)));
    const index = new NameIndex();
    found.forEach(({ history: { caseId } }, i) => index.put({ caseId, forms: forms[i] ?? [] }));
    const named = new Set(index.find(queryKeys(name)));
    return found.filter(({ history: { caseId } }) => named.has(caseId));
  }
}
