import type { Command } from 'commander';
import type { CaseReplayDto } from '../../cases/http/answers/replay.dto.js';
import type { Api } from '../api.js';
import { withService } from '../local-service.js';
import type { Terminal } from '../terminal.js';
import { replayStep } from '../view/replay-step.js';

interface ReplayOptions {
  asOf?: string;
  all?: true;
  masked?: true;
}

type Step = CaseReplayDto['items'][number];

export function addReplay(program: Command, terminal: Terminal): void {
  program
    .command('replay')
    .argument('<caseId>')
    .option('--as-of <date>', 'the day that every step is seen from; today if not given')
    .option('--all', 'all steps at once, without waiting for Enter')
    .option('--masked', 'as an auditor sees it: nothing personal, restricted cases too')
    .description('show the history of a case step by step: each event, and what it changed in the answer')
    .action((caseId: string, options: ReplayOptions) =>
      withService(terminal, options.masked ? 'auditor' : 'caseworker', (api) =>
        replay(terminal, api, caseId, options),
      ),
    );
}

async function replay(terminal: Terminal, api: Api, caseId: string, options: ReplayOptions): Promise<void> {
  const { bold, dim } = terminal;
  const next = options.all ? undefined : terminal.next;
  const stepOf = new Map<string, number>();
  const nameOf = (text: string): string | undefined => {
    const step = stepOf.get(text);
    return step === undefined ? undefined : `step ${step + 1}`;
  };
  let before: Step['case'] = null;
  for await (const page of pagesOf(api, caseId, options)) {
    const { steps, asOf, mergedFrom, masked, items } = page;
    if (stepOf.size === 0) {
      terminal.out(bold(`Case ${page.caseId}, ${steps} steps, as of ${asOf}${masked ? ', masked' : ''}`));
      for (const one of mergedFrom) terminal.out(dim(`with ${one}`));
    }
    for (const { event, step } of items) stepOf.set(event.eventId, step);
    for (const step of items) {
      if (step.step > 0 && next) {
        terminal.say(dim('Enter: the next step; q and Enter: the end'));
        if (!(await next())) return;
      }
      terminal.out(`\n${replayStep(step, before, { steps, nameOf, style: terminal })}`);
      before = step.case;
    }
  }
}

/** Page by page, each asked for when it is wanted. */
async function* pagesOf(api: Api, caseId: string, { asOf }: ReplayOptions): AsyncIterable<CaseReplayDto> {
  let from: number | null = 0;
  while (from !== null) {
    const question = new URLSearchParams({ from: String(from), ...(asOf !== undefined && { asOf }) });
    const page: CaseReplayDto = await api.get<CaseReplayDto>(
      `/v1/cases/${encodeURIComponent(caseId)}/replay?${question.toString()}`,
    );
    yield page;
    from = page.next;
  }
}
