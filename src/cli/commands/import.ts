import type { Command } from 'commander';
import type { Terminal } from '../terminal.js';

export function addImport(program: Command, terminal: Terminal): void {
  program
    .command('import')
    .argument('<file>', 'NDJSON (.ndjson, .jsonl) or CSV (.csv, .tsv); docs/import.md tells what is in them')
    .option('--check', 'check the file and record nothing')
    .description(
      'record the facts of a file: all of it is checked before the first is recorded; again, it completes itself',
    )
    .action(async (file: string, { check }: { check?: true }) => {
      // Not before: the other commands have no use for the shapes of facts, which bring half of the service with them.
      const { importFile } = await import('../import/importing.js');
      await importFile(terminal, file, check === true);
    });
}
