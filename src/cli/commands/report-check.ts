import type { Command } from 'commander';
import type { CheckedReport } from '../../reports/issued/later-look.js';
import { CommandFailure } from '../failure.js';
import { withService } from '../local-service.js';
import type { Terminal } from '../terminal.js';

export function addReportCheck(report: Command, terminal: Terminal): void {
  report
    .command('check')
    .argument('<issueId>')
    .description('make an issued report again from the store as it stood then, and say what is not the same')
    .action((issueId: string) => check(terminal, issueId));
}

const check = (terminal: Terminal, issueId: string): Promise<void> =>
  withService(terminal, 'auditor', async (api) => {
    const path = `/v1/reports/issued/${encodeURIComponent(issueId)}/check`;
    const { equal, differences } = await api.get<CheckedReport>(path);
    if (equal) {
      terminal.out('The report comes out of the store as it was printed, to the byte.');
      return;
    }
    for (const { section, place, before, after } of differences)
      terminal.out(
        `${section}: ${place}: stored ${JSON.stringify(before)}, recomputed ${JSON.stringify(after)}`,
      );
    throw new CommandFailure('The report does not come out of the store as it was printed.');
  });
