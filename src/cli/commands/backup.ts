import { resolve } from 'node:path';
import type { Command } from 'commander';
import { backUp } from '../../backup/backup.js';
import { readConfig } from '../../config.js';
import { demandEmbedded, withStages } from '../backup-stages.js';
import type { Terminal } from '../terminal.js';

export function addBackup(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .argument('<folder>', 'where the data go; it is made')
    .requiredOption('--keys <folder>', 'where the wrapped keys go: another folder, to be kept elsewhere')
    .description('copy the embedded stores, whether the service runs or not, and check the copy')
    .action((folder: string, { keys }: { keys: string }) => backup(terminal, resolve(folder), resolve(keys)));
}

async function backup(terminal: Terminal, data: string, keys: string): Promise<void> {
  const config = readConfig(terminal.env);
  demandEmbedded(config, 'backup');
  const { backupId, events, masterId } = await withStages(terminal, (show) =>
    backUp(config, { data, keys }, show),
  );
  terminal.out(
    `Backup ${backupId}: ${events.count} events in ${data}, their keys in ${keys}. All of it was checked.`,
  );
  terminal.out(`It opens with the master key ${masterId} (${config.masterKeyFile}), which is in neither.`);
}
