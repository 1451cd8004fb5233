import { Injectable } from '@nestjs/common';
import { HabeasError } from '../../errors.js';
import { LedgerReader } from '../../ledger/ledger-reader.js';
import { ISSUED_STREAM, issuedIn, type IssuedReport } from './report-issued.js';

/** Everything that was issued, in that order: from the store, so that none is missing. */
@Injectable()
export class IssuedReports {
  constructor(private readonly ledger: LedgerReader) {}

  async all(): Promise<IssuedReport[]> {
    return (await this.ledger.read(ISSUED_STREAM)).map(issuedIn);
  }

  /** Throws `unknown-issue`. */
  async find(issueId: string): Promise<IssuedReport> {
    const issue = (await this.all()).find((one) => one.issueId === issueId);
    if (issue) return issue;
    throw new HabeasError('absent', 'unknown-issue', 'no report was issued under this id');
  }
}
