import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../clock.js';
import { Unsealing } from '../../ledger/unsealing.js';
import { CaseHistories, type CaseThroughTime } from '../case-history.js';
import { caseNotFound } from '../case-not-found.js';
import { formatDay, type Day } from '../domain/dates/day.js';
import { askedDay } from './asked-day.js';
import type { CaseAnswer } from './case-answer.js';
import { CasesThen } from './cases-then.js';
import { changesBetween, type Change } from './changes.js';
import { entriesOf, type HistoryEntry } from './get-case-history.js';
import { momentsOf } from './moments.js';
import { sightOf, type Viewer } from './viewer.js';

const USUAL_PAGE = 20;
/** Each step is a derivation of its own. */
export const MOST_STEPS = 50;

export interface ReplayStep {
  /** Counted from 0 in record order. */
  step: number;
  /** Marked with what has become of it since. */
  event: HistoryEntry;
  /**
   * What the case answers after it, as of the day that was asked for, corrections and voids so far applied. Null where nobody could
   * be answered: the case did not exist yet, or was part of one that this viewer may not know of.
   */
  case: CaseAnswer | null;
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
      /** At most 50; absent: 20. */
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
    private readonly past: CasesThen,
    private readonly clock: Clock,
  ) {}

  async execute({ asked }: ReplayCase): Promise<CaseReplay> {
    const { viewer } = asked;
    const day = askedDay(asked.asOf, this.clock, 'asOf');
    const time = await this.histories.throughTime(asked.caseId);
    const sight = sightOf(viewer, time?.now.readers);
    if (!time || sight === 'none') throw caseNotFound();
    const { caseId, mergedFrom, events } = time.now;
    const from = asked.from ?? 0;
    const to = Math.min(events.length, from + Math.min(asked.limit ?? USUAL_PAGE, MOST_STEPS));
    return {
      caseId,
      mergedFrom,
      ...(sight === 'whole' ? {} : { masked: true as const }),
      asOf: formatDay(day),
      steps: events.length,
      items: await this.#steps(time, { from, to, day, viewer, opened: sight === 'whole' }),
      next: to < events.length ? to : null,
    };
  }

  async #steps(
    time: CaseThroughTime,
    {
      from,
      to,
      day,
      viewer,
      opened,
    }: { from: number; to: number; day: Day; viewer: Viewer; opened: boolean },
  ): Promise<ReplayStep[]> {
    if (from >= to) return [];
    const { now } = time;
    const page = now.events.slice(from, to);
    const revealed = opened ? await this.unsealing.reveal(page) : page;
    const events = entriesOf(now, revealed);
    const first = Math.max(0, from - 1);
    const moments = await momentsOf(time, first, to);
    const cases = await this.past.answers(
      viewer,
      moments.map(({ knownAt, history }) => history && { knownAt, history }),
      day,
    );
    const after = (step: number): CaseAnswer | undefined => cases[step - first];
    return events.map((event, i) => ({
      step: from + i,
      event,
      case: after(from + i) ?? null,
      changed: changesBetween(from + i === 0 ? undefined : after(from + i - 1), after(from + i)),
    }));
  }
}
