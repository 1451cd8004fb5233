import type { Command } from 'commander';
import { start } from '../../start.js';

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('start the service, as the environment sets it, and keep it running')
    .action(start);
}
