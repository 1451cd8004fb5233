import { Command } from 'commander';
import { addMigrateStore } from '../../../src/cli/commands/migrate-store.js';
import { CommandFailure } from '../../../src/cli/failure.js';
import { processTerminal } from '../../../src/cli/terminal.js';

/** The one command of `habeas`, without all that the others need to start. */
const program = new Command('habeas');
addMigrateStore(program, processTerminal);
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommandFailure)) throw error;
  processTerminal.say(error.message);
  process.exitCode = error.exitCode;
}
