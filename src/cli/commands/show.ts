import type { Command } from 'commander';
import type { CaseAnswerDto } from '../../cases/http/answers/case-answer.dto.js';
import { withService } from '../local-service.js';
import type { Terminal } from '../terminal.js';
import { casePage } from '../view/case-page.js';

interface ShowOptions {
  asOf?: string;
  knownAt?: string;
}

export function addShow(program: Command, terminal: Terminal): void {
  program
    .command('show')
    .argument('<caseId>')
    .option('--as-of <date>', 'the day the question is about; today if not given')
    .option('--known-at <instant>', 'as it was known then (RFC 3339); now if not given')
    .description('print a case so that it can be read')
    .action((caseId: string, options: ShowOptions) => show(terminal, caseId, options));
}

const show = (terminal: Terminal, caseId: string, { asOf, knownAt }: ShowOptions): Promise<void> =>
  withService(terminal, 'caseworker', async (api) => {
    const question = new URLSearchParams({ ...(asOf && { asOf }), ...(knownAt && { knownAt }) });
    const answer = await api.get<CaseAnswerDto>(
      `/v1/cases/${encodeURIComponent(caseId)}?${question.toString()}`,
    );
    terminal.out(casePage(answer, terminal));
  });
