import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { refusalIn } from '../refusal.js';
import { ApiProblem } from './api.js';
import { addBackup } from './commands/backup.js';
import { addDemo } from './commands/demo.js';
import { addDoctor } from './commands/doctor.js';
import { addErase } from './commands/erase.js';
import { addImport } from './commands/import.js';
import { addKeys } from './commands/keys.js';
import { addMigrateStore } from './commands/migrate-store.js';
import { addNotary } from './commands/notary.js';
import { addRebuild } from './commands/rebuild.js';
import { addReplay } from './commands/replay.js';
import { addReport } from './commands/report.js';
import { addRestore } from './commands/restore.js';
import { addServe } from './commands/serve.js';
import { addShow } from './commands/show.js';
import { addVerify } from './commands/verify.js';
import { CommandFailure } from './failure.js';
import type { Terminal } from './terminal.js';

const EX_CONFIG = 78;

/** Carries out one command line and tells the exit code. */
export async function habeas(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command('habeas')
    .description('A register of detentions: facts in, status and totals out.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.say(text.trimEnd()),
    });
  addServe(program);
  addDemo(program, terminal);
  addKeys(program, terminal);
  addRebuild(program, terminal);
  addImport(program, terminal);
  addShow(program, terminal);
  addReplay(program, terminal);
  addReport(program, terminal);
  addVerify(program, terminal);
  addNotary(program, terminal);
  addErase(program, terminal);
  addMigrateStore(program, terminal);
  addBackup(program, terminal);
  addRestore(program, terminal);
  addDoctor(program, terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error, terminal);
  }
}

function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode;
  const refusal = refusalIn(error);
  if (refusal) {
    refusal.forEach((fault) => terminal.say(fault));
    return EX_CONFIG;
  }
  if (error instanceof CommandFailure) {
    terminal.say(error.message);
    return error.exitCode;
  }
  if (error instanceof ApiProblem) {
    terminal.say(`The service says no: ${error.message} (${error.code})`);
    for (const { pointer, message } of error.errors) terminal.say(`  ${pointer}: ${message}`);
    return 1;
  }
  throw error;
}
