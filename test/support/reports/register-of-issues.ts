import type { Clock } from '../../../src/clock.js';
import { CommandIds } from '../../../src/recording/command-ids.js';
import type { AskedIssue, Issued } from '../../../src/reports/issued/issue-report.js';
import type { IssuedReport } from '../../../src/reports/issued/report-issued.js';
import type { CommandEnvelope } from '../../../src/security/command-envelope.js';

/** A register that keeps what is issued in it: once under each id, as the store has it. */
export class RegisterOfIssues {
  readonly issues: IssuedReport[] = [];
  /** What each try is met with before it is carried out. */
  trouble: () => void = () => undefined;
  tries = 0;

  constructor(private readonly clock: Clock) {}

  async issue({ report, asOf, filters }: AskedIssue, envelope: CommandEnvelope): Promise<Issued> {
    this.tries += 1;
    this.trouble();
    const issueId = new CommandIds(envelope.principalId, envelope.idempotency?.key).for('issue');
    // While it is made another process may make it, too.
    await Promise.resolve();
    const known = this.issues.find((one) => one.issueId === issueId);
    const issuedAt = this.clock.now().toISOString();
    const basis = { asOf: asOf!, knownAt: issuedAt, position: '7', filters };
    const content = { report, basis, audience: 'public' as const, sections: [] };
    const revision = known?.revision ?? this.issues.length;
    const issue = known ?? {
      issueId,
      content,
      published: [],
      revision,
      issuedAt,
      issuedBy: envelope.principalId,
    };
    if (!known) this.issues.push(issue);
    return { ...issue, position: '7', replayed: known !== undefined };
  }

  async all(): Promise<IssuedReport[]> {
    return this.issues;
  }

  told(): string[] {
    return this.issues.map(({ content }) => `${content.report} ${content.basis.asOf}`);
  }
}
