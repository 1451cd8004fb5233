import { Injectable } from '@nestjs/common';
import { readModelBehind } from '../../projections/behind.js';
import { CaseHistories } from '../case-history.js';
import { CaseRecords, type CaseRecord } from '../read-models/case-records.js';
import { caseNotFound } from './case-not-found.js';

/** Cases as the read model has them. */
@Injectable()
export class PresentCases {
  constructor(
    private readonly records: CaseRecords,
    private readonly histories: CaseHistories,
  ) {}

  /**
   * The case that answers for an id. Throws `case-not-found`, and `read-model-behind` for one that is recorded and not in the
   * read model: that is being made anew, or could not take it in.
   */
  async find(caseId: string): Promise<CaseRecord> {
    const record = await this.records.find(caseId);
    if (record) return record;
    if (!(await this.histories.isRecorded(caseId))) throw caseNotFound();
    throw readModelBehind('the read model does not have this case yet');
  }
}
