import { Injectable } from '@nestjs/common';
import { HabeasError } from '../../errors.js';
import { readModelBehind } from '../../projections/behind.js';
import { CaseHistories } from '../case-history.js';
import { CaseRecords, type CaseRecord } from '../read-models/case-records.js';
import { caseNotFound } from '../case-not-found.js';
import { sightOf, type Viewer } from './viewer.js';

/** Cases as the read model has them. */
@Injectable()
export class PresentCases {
  constructor(
    private readonly records: CaseRecords,
    private readonly histories: CaseHistories,
  ) {}

  /**
   * The case that answers for an id. Throws `case-not-found`, also for one that the viewer may not know of, `event-damaged` for one
   * that cannot be read, and `read-model-behind` for another that is recorded and not in the read model: that is being made anew.
   */
  async find(caseId: string, viewer: Viewer): Promise<CaseRecord> {
    const record = await this.records.find(caseId);
    if (record && sightOf(viewer, record.readers) !== 'none') return record;
    if (record || !(await this.histories.isRecorded(caseId))) throw caseNotFound();
    if (sightOf(viewer, await this.#readersOf(caseId)) === 'none') throw caseNotFound();
    throw readModelBehind('the read model does not have this case yet');
  }

  /** A case of which something cannot be read is missing in the read model too, and nobody is told that it is not there. */
  async #readersOf(caseId: string): Promise<readonly string[] | undefined> {
    try {
      return await this.histories.readersOf(caseId);
    } catch (error) {
      if (error instanceof HabeasError) throw error;
      return undefined;
    }
  }
}
