import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import diff from 'microdiff';
import { Clock } from '../../clock.js';
import { Unsealing, type RevealedEvent } from '../../ledger/unsealing.js';
import { CaseHistories, type CaseHistory } from '../case-history.js';
import { caseNotFound } from '../case-not-found.js';
import { formatDay, type Day } from '../domain/dates/day.js';
import { docketOf } from '../domain/timeline/docket.js';
import { LawBook } from '../law-book.js';
import { factOf } from '../recorded-fact.js';
import { askedDay } from './asked-day.js';
import { answer, type CaseAnswer, type Shown } from './case-answer.js';
import { entriesOf, type HistoryEntry } from './get-case-history.js';
import { sightOf, type Viewer } from './viewer.js';

const USUAL_PAGE = 20;
/** Each step is a derivation of its own. */
export const MOST_STEPS = 50;

/** Something that an event has changed in what the case answers. */
export interface Change {
  /** A JSON pointer (RFC 6901) into the case. */
  pointer: string;
  /** Absent: it was not there. */
  before?: unknown;
  /** Absent: it is no longer there. */
  after?: unknown;
}

export interface ReplayStep {
  /** Counted from 0 in record order. */
  step: number;
  event: HistoryEntry;
  /** What the case answers after it, on the day that was asked for, corrections and voids so far applied. */
  case: CaseAnswer;
  /** Of the case but for what each event changes: its revision, position and instant. */
  changed: Change[];
}

export interface CaseReplay {
  caseId: string;
  mergedFrom: string[];
  masked?: true;
  /** YYYY-MM-DD: the day that every step is seen from. */
  asOf: string;
  /** Of all events. */
  steps: number;
  items: ReplayStep[];
  /** The step to go on from; null at the end. */
  next: number | null;
}

/** The history of a case step by step: each event, the case after it, and what it changed. */
export class ReplayCase extends Query<CaseReplay> {
  constructor(
    readonly asked: {
      caseId: string;
      /** YYYY-MM-DD; absent: today. */
      asOf?: string;
      /** The step to begin with; absent: the first. */
      from?: number;
      /** At most 50. */
      limit?: number;
      viewer: Viewer;
    },
  ) {
    super();
  }
}

@QueryHandler(ReplayCase)
export class ReplayCaseHandler implements IQueryHandler<ReplayCase, CaseReplay> {
  constructor(
    private readonly histories: CaseHistories,
    private readonly unsealing: Unsealing,
    private readonly clock: Clock,
    private readonly book: LawBook,
  ) {}

  async execute({ asked }: ReplayCase): Promise<CaseReplay> {
    const day = askedDay(asked.asOf, this.clock, 'asOf');
    const history = await this.histories.load(asked.caseId);
    const sight = sightOf(asked.viewer, history?.readers);
    if (!history || sight === 'none') throw caseNotFound();
    const events: readonly RevealedEvent[] =
      sight === 'whole' ? await this.unsealing.reveal(history.events) : history.events;
    const from = asked.from ?? 0;
    const to = Math.min(events.length, from + Math.min(asked.limit ?? USUAL_PAGE, MOST_STEPS));
    const mark = sight === 'whole' ? {} : { masked: true as const };
    return {
      caseId: history.caseId,
      mergedFrom: history.mergedFrom,
      ...mark,
      asOf: formatDay(day),
      steps: events.length,
      items: this.#steps(history, events, { from, to, day, mark }),
      next: to < events.length ? to : null,
    };
  }

  #steps(
    history: CaseHistory,
    events: readonly RevealedEvent[],
    { from, to, day, mark }: { from: number; to: number; day: Day; mark: Shown['mark'] },
  ): ReplayStep[] {
    const { law } = this.book;
    const entries = entriesOf(history, events);
    const facts = events.map(factOf);
    const after = (step: number): CaseAnswer | undefined => {
      const event = events[step];
      if (!event) return undefined;
      const { revision, position, recordedAt: knownAt } = event;
      const docket = docketOf(history.caseId, facts.slice(0, step + 1), law);
      return answer({ ...history, revision, position, docket }, { docket, mark }, { day, knownAt, law });
    };
    const items: ReplayStep[] = [];
    let before = after(from - 1);
    for (const [n, event] of entries.slice(from, to).entries()) {
      const now = after(from + n)!;
      items.push({ step: from + n, event, case: now, changed: changesBetween(before, now) });
      before = now;
    }
    return items;
  }
}

/** What is different with every event, and stands beside it. */
const headless = ({ revision: _r, position: _p, knownAt: _k, ...rest }: CaseAnswer): object => rest;

const changesBetween = (before: CaseAnswer | undefined, after: CaseAnswer): Change[] =>
  diff(before ? headless(before) : {}, headless(after)).map((difference) => ({
    pointer: difference.path.map(pointerPart).join(''),
    ...(difference.type === 'CREATE' ? {} : { before: difference.oldValue as unknown }),
    ...(difference.type === 'REMOVE' ? {} : { after: difference.value as unknown }),
  }));

const pointerPart = (part: string | number): string =>
  `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;
