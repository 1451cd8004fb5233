import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { further, type KnownBy, type Seen } from '../../cases/case-history.js';
import { parseDay, type Day } from '../../cases/domain/dates/day.js';
import { CaseSnapshot } from '../../cases/read-models/case-snapshot.js';
import type { Clock } from '../../clock.js';
import type { ProjectionTables } from '../../projections/tables.js';
import type { RegisterBook } from '../../register/register-book.js';
import { isIssuable } from '../issued/issuable.js';
import { Gathering, type Draft, type GatheringNews, type GatheringOrder } from './gathering.js';
import { isOfToday, type RegisterState, type ReportQuestion } from './report-question.js';
import { Gathered, writtenSource } from './gathered.js';
import { printedFrom } from './printing.js';
import { registerThen } from './register-then.js';
import { sheetsThen, type CasesThen, type ThenParts } from './sheets-then.js';
import { sheetsToday } from './sheets-today.js';

/** Rows that are ahead of the rest are so between two batches; under steady writing there is soon a moment in which none is. */
const MOST_TRIES = 5;
const BETWEEN_TRIES_MS = 100;

export interface CaseGatheringParts extends ThenParts {
  /** Held on to while a report is made: nobody else's. */
  database: Kysely<ProjectionTables>;
  clock: Clock;
  /** Campaigns, estimates and recommendations. */
  book: RegisterBook;
}

/** Makes reports in this thread, holding one case at a time, or a few. */
export class CaseGathering extends Gathering {
  constructor(private readonly parts: CaseGatheringParts) {
    super();
  }

  override async gather(order: GatheringOrder, news: GatheringNews, signal: AbortSignal): Promise<Draft> {
    const { question } = order;
    if (!isOfToday(question)) return this.#then(order, question, news, signal);
    for (let tries = 1; ; tries++) {
      const made = await this.#today(order, news, signal);
      if ('text' in made) return made;
      if (tries === MOST_TRIES) {
        news.began(made);
        return this.#then(order, made, news, signal);
      }
      await pause(BETWEEN_TRIES_MS, undefined, { signal });
    }
  }

  /** Of the rows; or only of which state they would have to be, where some of them say more already. */
  #today(order: GatheringOrder, news: GatheringNews, signal: AbortSignal): Promise<Draft | RegisterState> {
    const { database, clock, law, book } = this.parts;
    const { question, shown = '' } = order;
    return CaseSnapshot.take(database, async (snapshot) => {
      const position = shown > snapshot.position ? shown : snapshot.position;
      // Asked for when the rows are fixed: nothing in them was recorded later.
      const state = { knownAt: clock.now().toISOString(), position };
      if ((await snapshot.furthest()) > position) return state;
      news.began(state);
      const { register } = await registerThen(book, { position }, law.timeZone);
      const day = dayOf(question);
      const gathered = new Gathered(question, day, register);
      const { caseId } = question.filters;
      const total = caseId === undefined ? await snapshot.count() : 1;
      let done = 0;
      for await (const sheets of sheetsToday(snapshot, { day, law, caseId, signal })) {
        for (const sheet of sheets) gathered.add(sheet);
        done += sheets.length;
        news.progress({ done, total });
      }
      return draftOf(order, state, gathered);
    });
  }

  async #then(
    order: GatheringOrder,
    { knownAt, position }: KnownBy,
    news: GatheringNews,
    signal: AbortSignal,
  ): Promise<Draft> {
    const { question } = order;
    const known = { knownAt, position };
    const { book, law } = this.parts;
    const { register, seen: ofRegister } = await registerThen(book, known, law.timeZone);
    const day = dayOf(question);
    const gathered = new Gathered(question, day, register);
    const there = await this.#casesThen(question, known);
    const total = there.caseIds.length;
    let seen = ofRegister;
    let done = 0;
    for await (const read of sheetsThen(this.parts, { ...there, known, day, signal })) {
      for (const sheet of read.sheets) gathered.add(sheet);
      seen = further(seen, read.seen);
      done += read.looked;
      news.progress({ done, total });
    }
    return draftOf(order, stateOf(known, seen), gathered);
  }

  #casesThen(
    { filters: { caseId } }: ReportQuestion,
    known: KnownBy,
  ): Promise<Pick<CasesThen, 'caseIds' | 'events'>> {
    return CaseSnapshot.take(this.parts.database, async (snapshot) => ({
      caseIds: caseId === undefined ? await snapshot.openedBy(known) : [caseId],
      events: caseId === undefined ? snapshot.events : Infinity,
    }));
  }
}

function draftOf({ question, printing }: GatheringOrder, state: RegisterState, gathered: Gathered): Draft {
  if (question.audience === 'internal') return { ...state, text: writtenSource(gathered.source()) };
  if (!printing) throw new Error('it is not known beside what a report is published');
  const { report } = question;
  // Whoever asks was told so; here nothing is printed that was not asked for there.
  if (!isIssuable(report)) throw new Error('what is of single persons is not published');
  const { source, printed } = printedFrom({ ...question, report }, state, gathered.source(), printing);
  return { ...state, text: writtenSource(source), printed };
}

/** With both bounds given, or with those that the events give: the same events in either case. */
const stateOf = ({ knownAt, position }: KnownBy, seen: Seen): RegisterState => ({
  knownAt: knownAt ?? (seen.recordedAt === '' ? BEFORE_ALL : seen.recordedAt),
  position: position ?? seen.position,
});

/** Of a state in which nothing was recorded. */
const BEFORE_ALL = new Date(0).toISOString();

function dayOf({ asOf }: ReportQuestion): Day {
  const day = parseDay(asOf);
  if (day === undefined) throw new Error('a question is about a day');
  return day;
}
