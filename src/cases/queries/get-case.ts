import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../clock.js';
import { HabeasError } from '../../errors.js';
import { CaseHistories, type CaseHistory } from '../case-history.js';
import { docketOf } from '../domain/timeline/docket.js';
import { LawBook } from '../law-book.js';
import { askedDay } from './asked-day.js';
import { caseNotFound } from '../case-not-found.js';
import { answer, type CaseAnswer, type Question } from './case-answer.js';
import { Freshness } from './freshness.js';
import { MASKED, OpenDockets } from './open-dockets.js';
import { PresentCases } from './present-cases.js';
import { sightOf, type Sight, type Viewer } from './viewer.js';

/** A later instant may still be written to: what was answered for it would change. */
const SETTLED_AFTER_MS = 5_000;

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
    private readonly freshness: Freshness,
    private readonly clock: Clock,
    private readonly book: LawBook,
  ) {}

  async execute({ asked: { caseId, asOf, knownAt, minPosition, viewer } }: GetCase): Promise<CaseAnswer> {
    const day = askedDay(asOf, this.clock, 'asOf');
    if (knownAt !== undefined) requireSettled(knownAt, this.clock);
    else await this.freshness.atLeast(minPosition);
    const now = this.clock.now().toISOString();
    const question = { day, knownAt: knownAt ?? now, law: this.book.law };
    if (knownAt !== undefined) return this.#asKnown(caseId, viewer, question);
    const record = await this.cases.find(caseId, viewer);
    const [shown] = await this.dockets.for(viewer, [record]);
    return answer(record, shown!, question);
  }

  /** From the streams themselves: the read model knows the present only. */
  async #asKnown(caseId: string, viewer: Viewer, question: Question): Promise<CaseAnswer> {
    const history = await this.histories.load(caseId, question);
    if (!history) throw caseNotFound();
    const { readers, sight } = await this.#presentSightOf(history, viewer);
    if (sight === 'none') throw caseNotFound();
    const docket = docketOf(history.caseId, history.recorded, this.book.law);
    const [opened] = sight === 'whole' ? await this.dockets.of([history]) : [];
    return answer({ ...history, readers, docket }, opened ?? { docket, mark: MASKED }, question);
  }

  /** Who may see it is a question of today, and of each case that it was made of then: parted since, each has its own readers. */
  async #presentSightOf(
    { caseId, mergedFrom }: CaseHistory,
    viewer: Viewer,
  ): Promise<{ readers: readonly string[] | undefined; sight: Sight }> {
    const readers = await Promise.all([caseId, ...mergedFrom].map((id) => this.histories.readersOf(id)));
    const sights = new Set(readers.map((one) => sightOf(viewer, one)));
    const sight = (['none', 'masked', 'whole'] as const).find((one) => sights.has(one)) ?? 'none';
    return { readers: readers[0], sight };
  }
}

function requireSettled(knownAt: string, clock: Clock): void {
  const latest = clock.now().getTime() - SETTLED_AFTER_MS;
  if (Date.parse(knownAt) <= latest) return;
  throw new HabeasError('malformed', 'invalid-query', 'what was known is not settled yet at that instant', {
    errors: [{ pointer: '/query/knownAt', message: 'is not an instant of at least 5 seconds ago' }],
  });
}
