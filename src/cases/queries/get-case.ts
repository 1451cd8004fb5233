import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../clock.js';
import { CaseHistories } from '../case-history.js';
import type { Day } from '../domain/dates/day.js';
import { LawBook } from '../law-book.js';
import { askedDay } from './asked-day.js';
import { caseNotFound } from '../case-not-found.js';
import { answer, type CaseAnswer } from './case-answer.js';
import { CasesThen } from './cases-then.js';
import { Freshness } from './freshness.js';
import { OpenDockets } from './open-dockets.js';
import { PresentCases } from './present-cases.js';
import { requireSettled } from './settled-instant.js';
import type { Viewer } from './viewer.js';

/** One case on a day, as known at an instant. */
export class GetCase extends Query<CaseAnswer> {
  constructor(
    readonly asked: {
      caseId: string;
      /** YYYY-MM-DD; absent: today. */
      asOf?: string;
      /** RFC 3339; absent: now, as the read model has it. */
      knownAt?: string;
      minPosition?: string;
      viewer: Viewer;
    },
  ) {
    super();
  }
}

@QueryHandler(GetCase)
export class GetCaseHandler implements IQueryHandler<GetCase, CaseAnswer> {
  constructor(
    private readonly cases: PresentCases,
    private readonly histories: CaseHistories,
    private readonly dockets: OpenDockets,
    private readonly past: CasesThen,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
    private readonly book: LawBook,
  ) {}

  async execute({ asked: { caseId, asOf, knownAt, minPosition, viewer } }: GetCase): Promise<CaseAnswer> {
    const day = askedDay(asOf, this.clock, 'asOf');
    if (knownAt !== undefined) {
      requireSettled(knownAt, this.clock);
      return this.#asKnown(caseId, viewer, day, knownAt);
    }
    await this.freshness.atLeast(minPosition);
    const now = this.clock.now().toISOString();
    const record = await this.cases.find(caseId, viewer);
    const [shown] = await this.dockets.for(viewer, [record]);
    return answer(record, shown!, { day, knownAt: now, law: this.book.law });
  }

  async #asKnown(caseId: string, viewer: Viewer, day: Day, knownAt: string): Promise<CaseAnswer> {
    const history = await this.histories.load(caseId, { knownAt });
    if (!history) throw caseNotFound();
    const [found] = await this.past.answers(viewer, [{ history, knownAt }], day);
    if (!found) throw caseNotFound();
    return found;
  }
}
