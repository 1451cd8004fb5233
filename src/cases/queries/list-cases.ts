import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../clock.js';
import { HabeasError } from '../../errors.js';
import type { Day } from '../domain/dates/day.js';
import type { Role } from '../domain/facts/case-facts.js';
import type { FindingCode } from '../domain/findings/finding.js';
import { queryKeys } from '../domain/names/name-keys.js';
import type { Status } from '../domain/timeline/status.js';
import { LawBook } from '../law-book.js';
import { KnownNames } from '../names/known-names.js';
import { CaseRecords } from '../read-models/case-records.js';
import { term } from '../read-models/terms.js';
import { askedDay } from './asked-day.js';
import { answer, type CaseAnswer } from './case-answer.js';
import { Freshness } from './freshness.js';
import { readCursor, requireSameTime, writeCursor } from './list-cursor.js';
import { ListThen } from './list-then.js';
import { OpenDockets } from './open-dockets.js';
import { requireSettled, type AskedIn } from './settled-instant.js';
import { seesPersons, type Viewer } from './viewer.js';

const USUAL_PAGE = 50;
const LARGEST_PAGE = 200;

export interface CaseFilter {
  status?: Status;
  role?: Role;
  /** The number of an article, of whichever code. */
  article?: string;
  campaignId?: string;
  finding?: FindingCode;
  /** Found across scripts and spellings. Only for who sees names: that a case comes back for one says that it is there. */
  name?: string;
}

export interface CasePage {
  items: CaseAnswer[];
  /** The cursor of the next page; null: this is the last. */
  next: string | null;
}

/**
 * Cases as of a day. As known now: the newest change first. A case that does not change while a caller pages is met exactly once;
 * one that does moves to the front: it is met at most once, and again by whoever begins anew. The day of the first page holds
 * for all of them. As known at an instant: see `ListThen`.
 */
export class ListCases extends Query<CasePage> {
  constructor(
    readonly asked: CaseFilter & {
      /** YYYY-MM-DD; absent: today. */
      asOf?: string;
      /** RFC 3339; absent: now, as the read model has it. */
      knownAt?: string;
      minPosition?: string;
      /** At most 200. */
      limit?: number;
      cursor?: string;
      /** Absent: in the query. */
      part?: AskedIn;
      viewer: Viewer;
    },
  ) {
    super();
  }
}

@QueryHandler(ListCases)
export class ListCasesHandler implements IQueryHandler<ListCases, CasePage> {
  constructor(
    private readonly records: CaseRecords,
    private readonly names: KnownNames,
    private readonly dockets: OpenDockets,
    private readonly past: ListThen,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
    private readonly book: LawBook,
  ) {}

  async execute({ asked }: ListCases): Promise<CasePage> {
    if (asked.name !== undefined && !seesPersons(asked.viewer)) throw namesAreNotYours();
    const from = asked.cursor === undefined ? undefined : readCursor(asked.cursor);
    const day = asked.asOf === undefined && from ? from.day : askedDay(asked.asOf, this.clock, 'asOf');
    const limit = Math.min(asked.limit ?? USUAL_PAGE, LARGEST_PAGE);
    const instant = instantOf(asked.knownAt);
    requireSameTime(from, instant, asked.part);
    if (instant !== undefined) {
      requireSettled(instant, this.clock, asked.part);
      return this.#asKnown(asked, { day, knownAt: instant, before: from?.before, limit });
    }
    await this.freshness.atLeast(asked.minPosition);
    const knownAt = this.clock.now().toISOString();
    const named =
      asked.name === undefined ? {} : { caseIds: await this.#named(asked.name, asked.minPosition) };
    // One more than asked for tells whether there is a next page.
    const found = await this.records.page(
      { terms: termsIn(asked), day, ...named, ...readerOf(asked) },
      from?.before,
      limit + 1,
    );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const shown = await this.dockets.for(asked.viewer, page);
    return {
      items: page.map((record, i) => answer(record, shown[i]!, { day, knownAt, law: this.book.law })),
      next: last && found.length > limit ? writeCursor({ before: last.position, day }) : null,
    };
  }

  async #asKnown(
    { name, viewer, ...filter }: ListCases['asked'],
    { before, limit, ...moment }: { day: Day; knownAt: string; before: string | undefined; limit: number },
  ): Promise<CasePage> {
    const question = { terms: termsIn(filter), ...(name !== undefined && { name }), ...moment, viewer };
    const { items, next } = await this.past.page(question, before, limit);
    return { items, next: next === null ? null : writeCursor({ before: next, ...moment }) };
  }

  async #named(name: string, minPosition: string | undefined): Promise<string[]> {
    await this.names.atLeast(minPosition);
    return this.names.find(queryKeys(name));
  }
}

/** In the one spelling that instants are compared in. */
const instantOf = (knownAt: string | undefined): string | undefined =>
  knownAt === undefined ? undefined : new Date(knownAt).toISOString();

function namesAreNotYours(): HabeasError {
  return new HabeasError(
    'forbidden',
    'name-filter-forbidden',
    'cases are found by name only by who sees names',
  );
}

/** An auditor's list has every case, without its person; but of names only those are compared that the viewer may see. */
const readerOf = ({ viewer, name }: ListCases['asked']): { reader?: string } =>
  viewer.roles.includes('auditor') && name === undefined ? {} : { reader: viewer.principalId };

/** The first of them is walked, so the ones that are true of fewest cases come first. */
function termsIn({ campaignId, finding, status, article, role }: CaseFilter): string[] {
  return [
    ...(campaignId === undefined ? [] : [term('campaignId', campaignId)]),
    ...(finding === undefined ? [] : [term('finding', finding)]),
    ...(status === undefined ? [] : [term('status', status)]),
    ...(article === undefined ? [] : [term('article', article)]),
    ...(role === undefined ? [] : [term('role', role)]),
  ];
}
