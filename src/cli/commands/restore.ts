import { resolve } from 'node:path';
import type { Command } from 'commander';
import { restore as restoreInto } from '../../backup/restore.js';
import { readConfig } from '../../config.js';
import { demandEmbedded, withStages } from '../backup-stages.js';
import { CommandFailure } from '../failure.js';
import { runningServiceOn } from '../running-service.js';
import type { Terminal } from '../terminal.js';

interface Sources {
  keys: string;
  erasures: string;
}

export function addRestore(program: Command, terminal: Terminal): void {
  program
    .command('restore')
    .argument('<folder>', 'the data of a backup')
    .requiredOption('--keys <folder>', 'the wrapped keys of the same backup')
    .requiredOption(
      '--erasures <file>',
      'the list of what was erased: its keys are destroyed before anything is in place',
    )
    .description('make HABEAS_DATA from a backup, all of it or nothing')
    .action((folder: string, sources: Sources) => restore(terminal, folder, sources));
}

async function restore(terminal: Terminal, folder: string, { keys, erasures }: Sources): Promise<void> {
  const config = readConfig(terminal.env);
  demandEmbedded(config, 'restore');
  const url = await runningServiceOn(config.dataDir);
  if (url !== undefined) {
    throw new CommandFailure(
      `A service runs on the data in ${config.dataDir}, at ${url}. Nothing was restored.`,
    );
  }
  const from = { data: resolve(folder), keys: resolve(keys), erasures: resolve(erasures) };
  const done = await withStages(terminal, (show) => restoreInto(config, from, show));
  const { backupId, madeAt, events } = done.manifest;
  terminal.out(
    `${events.count} events are in ${config.dataDir}, as they were at ${madeAt} (backup ${backupId}).`,
  );
  terminal.out(
    `${done.erasures} erasures of the list are applied. The next start makes the read models anew.`,
  );
}
