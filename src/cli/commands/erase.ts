import type { Command } from 'commander';
import type { Api } from '../api.js';
import { withService } from '../local-service.js';
import type { Terminal } from '../terminal.js';
import { table } from '../view/table.js';

interface Erasure {
  caseId: string;
  /** Absent where the case cannot be read. */
  requestedAt?: string;
  approvedAt?: string;
  erasedAt?: string;
  destroyedKeys?: readonly string[];
  failure?: string;
}

const STATES = { requested: 'waits for an approval', under_way: 'is under way', erased: 'is done' } as const;

const COLUMNS = ['case', 'the erasure', 'asked for', 'approved', 'erased', 'keys', 'fails with'].map(
  (title) => ({
    title,
  }),
);

export function addErase(program: Command, terminal: Terminal): void {
  program
    .command('erase')
    .description('erasures of what is personal in a case')
    .command('status')
    .description('which wait for an approval, which are under way, and which are done')
    .action(() => withService(terminal, 'admin', (api) => status(terminal, api)));
}

async function status(terminal: Terminal, api: Api): Promise<void> {
  const rows: string[][] = [];
  let more = false;
  for (const [state, words] of Object.entries(STATES)) {
    const found = await api.get<{ items: Erasure[]; more: boolean }>(`/v1/erasures?state=${state}`);
    more ||= found.more;
    rows.push(...found.items.map((erasure) => row(erasure, words)));
  }
  if (rows.length === 0) return terminal.out('No erasure was asked for.');
  terminal.out(table(COLUMNS, rows));
  if (more) terminal.out('There are more than are shown here.');
}

const row = (
  { caseId, requestedAt, approvedAt, erasedAt, destroyedKeys, failure }: Erasure,
  state: string,
): string[] => [
  caseId,
  state,
  requestedAt?.slice(0, 16) ?? '',
  approvedAt?.slice(0, 16) ?? '',
  erasedAt?.slice(0, 16) ?? '',
  destroyedKeys === undefined ? '' : String(destroyedKeys.length),
  failure ?? '',
];
