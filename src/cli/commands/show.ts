import type { Command } from 'commander';
import type { CaseAnswerDto } from '../../cases/http/answers/case-answer.dto.js';
import type { CaseHistoryAnswer } from '../../cases/queries/get-case-history.js';
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
    const path = `/v1/cases/${encodeURIComponent(caseId)}`;
    // A service that has only just started may not have brought its read model up to what is recorded.
    const { items } = await api.get<CaseHistoryAnswer>(`${path}/events`);
    const minPosition = items.reduce((latest, { position }) => (position > latest ? position : latest), '');
    const question = new URLSearchParams(knownAt === undefined ? { minPosition } : { knownAt });
    if (asOf !== undefined) question.set('asOf', asOf);
    const answer = await api.get<CaseAnswerDto>(`${path}?${question.toString()}`);
    terminal.out(casePage(answer, terminal));
  });
