import type { Command } from 'commander';
import { readConfig, StartRefused } from '../../config.js';
import { examine } from '../../doctor.js';
import { runningServiceOn } from '../running-service.js';
import type { Terminal } from '../terminal.js';

export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description(
      'say why the service would refuse to start in production, and what else can be seen from outside',
    )
    .action(() => doctor(terminal));
}

/** Judged as in production, whatever is set: what it tells should be known before. */
async function doctor(terminal: Terminal): Promise<void> {
  const config = readConfig({ ...terminal.env, NODE_ENV: 'production' });
  const { faults, well } = await examine(config, (await runningServiceOn(config.dataDir)) !== undefined);
  well.forEach((line) => terminal.say(line));
  if (faults.length > 0) throw new StartRefused(faults);
  terminal.out('All well.');
}
