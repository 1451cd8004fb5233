import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CaseHistories } from '../case-history.js';
import { describeFailure, isPassing } from '../../projections/failures.js';
import { FailingErasures } from '../erasure/failing-erasures.js';
import { erasureStatus, type ErasureState, type ErasureStatus } from '../erasure/erasure-status.js';
import { CaseRecords } from '../read-models/case-records.js';
import { erasureTerm } from '../read-models/terms.js';
import { Freshness } from './freshness.js';

const MOST_LISTED = 200;

/** Of a case that cannot be read no more is known than how far it had come, and why it cannot. */
export interface ListedErasure extends Partial<ErasureStatus> {
  caseId: string;
  state: ErasureState;
  /** A code: why this process could not carry it out so far, or cannot read the case. */
  failure?: string;
}

export interface Erasures {
  /** The newest change first; then those that fail and that the read model does not have as erasures. */
  items: ListedErasure[];
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
    private readonly failing: FailingErasures,
    private readonly freshness: Freshness,
  ) {}

  async execute({ asked: { state, minPosition } }: ListErasures): Promise<Erasures> {
    await this.freshness.atLeast(minPosition);
    const found = (await this.records.inErasure(state, MOST_LISTED + 1)).map(({ caseId }) => caseId);
    const failing = await this.#failingIn(state);
    const all = [...new Set([...found, ...failing])];
    const items = await Promise.all(all.slice(0, MOST_LISTED).map((caseId) => this.#listed(caseId, state)));
    return { items: items.filter((item) => item !== undefined), more: all.length > MOST_LISTED };
  }

  /** One that only the erasure list knows of is under way. */
  async #failingIn(state: ErasureState): Promise<string[]> {
    const states = this.failing.caseIds.map(async (caseId) => {
      const record = await this.records.find(caseId);
      const known = record && erasureTerm(record.docket);
      return { caseId, state: known === undefined || known === 'requested' ? 'under_way' : known };
    });
    return (await Promise.all(states)).filter((one) => one.state === state).map(({ caseId }) => caseId);
  }

  async #listed(caseId: string, state: ErasureState): Promise<ListedErasure | undefined> {
    const failure = this.failing.codeOf(caseId);
    const failed = failure === undefined ? {} : { failure };
    try {
      const history = await this.histories.load(caseId);
      const status = history && erasureStatus(history.caseId, history.recorded);
      if (status) return { ...status, ...failed };
      return failure === undefined ? undefined : { caseId, state, failure };
    } catch (error) {
      if (isPassing(error)) throw error;
      return { caseId, state, failure: failure ?? describeFailure(error).code };
    }
  }
}
