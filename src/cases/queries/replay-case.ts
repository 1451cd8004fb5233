import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import diff from 'microdiff';
import { Clock } from '../../clock.js';
import { Unsealing, type RevealedEvent } from '../../ledger/unsealing.js';
import { CaseHistories, type CaseHistory } from '../case-history.js';
import { caseNotFound } from '../case-not-found.js';
import { formatDay, type Day } from '../domain/dates/day.js';
import { docketOf } from '../domain/timeline/docket.js';
import { derive, type DerivedCase } from '../domain/timeline/derive.js';
import { LawBook } from '../law-book.js';
import { factOf } from '../recorded-fact.js';
import { askedDay } from './asked-day.js';
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
  case: DerivedCase;
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
    return {
      caseId: history.caseId,
      mergedFrom: history.mergedFrom,
      ...(sight === 'whole' ? {} : { masked: true as const }),
      asOf: formatDay(day),
      steps: events.length,
      items: this.#steps(history, events, { from, to, day }),
      next: to < events.length ? to : null,
    };
  }

  #steps(
    history: CaseHistory,
    events: readonly RevealedEvent[],
    { from, to, day }: { from: number; to: number; day: Day },
  ): ReplayStep[] {
    const { law } = this.book;
    const entries = entriesOf(history, events);
    const facts = events.map(factOf);
    const after = (count: number): DerivedCase | undefined =>
      count === 0 ? undefined : derive(docketOf(history.caseId, facts.slice(0, count), law), day, law);
    const items: ReplayStep[] = [];
    let before = after(from);
    for (let step = from; step < to; step += 1) {
      const now = after(step + 1)!;
      items.push({ step, event: entries[step]!, case: now, changed: changesBetween(before ?? {}, now) });
      before = now;
    }
    return items;
  }
}

const changesBetween = (before: object, after: object): Change[] =>
  diff(before as Record<string, unknown>, after as Record<string, unknown>).map((difference) => ({
    pointer: difference.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    ...(difference.type === 'CREATE' ? {} : { before: difference.oldValue as unknown }),
    ...(difference.type === 'REMOVE' ? {} : { after: difference.value as unknown }),
  }));
