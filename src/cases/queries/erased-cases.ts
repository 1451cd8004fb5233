import { Injectable } from '@nestjs/common';
import { ErasedCases } from '../../access-log/erased-cases.js';
import { EventStore } from '../../event-store/event-store.js';
import { Projections } from '../../projections/projections.js';
import { CaseRecords } from '../read-models/case-records.js';
import { Freshness } from './freshness.js';

/** Erased cases as the read model has them, once that shows all there is: an erasure counts from when it is recorded. */
@Injectable()
export class RecordedErasures implements ErasedCases {
  readonly #freshness: Freshness;

  constructor(
    private readonly store: EventStore,
    projections: Projections,
    private readonly records: CaseRecords,
  ) {
    this.#freshness = new Freshness(projections);
  }

  /** Throws `read-model-behind` after 5 s. */
  async among(caseIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (caseIds.length === 0) return new Set();
    await this.#freshness.atLeast(await this.store.head());
    const erased = await this.records.erased();
    return new Set(caseIds.filter((caseId) => erased.has(caseId)));
  }
}
