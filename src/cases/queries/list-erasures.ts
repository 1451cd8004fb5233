import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CaseHistories } from '../case-history.js';
import { erasureStatus, type ErasureState, type ErasureStatus } from '../erasure/erasure-status.js';
import { CaseRecords } from '../read-models/case-records.js';
import { Freshness } from './freshness.js';

const MOST_LISTED = 200;

export interface Erasures {
  /** The newest change first. */
  items: ErasureStatus[];
  /** There are others. */
  more: boolean;
}

/** The cases whose erasure has come so far. Ids, codes and instants: who the cases are about is not told. */
export class ListErasures extends Query<Erasures> {
  constructor(readonly asked: { state: ErasureState; minPosition?: string }) {
    super();
  }
}

@QueryHandler(ListErasures)
export class ListErasuresHandler implements IQueryHandler<ListErasures, Erasures> {
  constructor(
    private readonly records: CaseRecords,
    private readonly histories: CaseHistories,
    private readonly freshness: Freshness,
  ) {}

  async execute({ asked: { state, minPosition } }: ListErasures): Promise<Erasures> {
    await this.freshness.atLeast(minPosition);
    const found = await this.records.inErasure(state, MOST_LISTED + 1);
    const statuses = await Promise.all(
      found.slice(0, MOST_LISTED).map(({ caseId }) => this.#statusOf(caseId)),
    );
    return { items: statuses.filter((status) => status !== undefined), more: found.length > MOST_LISTED };
  }

  async #statusOf(caseId: string): Promise<ErasureStatus | undefined> {
    const history = await this.histories.load(caseId);
    return history && erasureStatus(history.caseId, history.recorded);
  }
}
