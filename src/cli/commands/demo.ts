import type { Command } from 'commander';
import type { Terminal } from '../terminal.js';

export function addDemo(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .option('--serve', 'keep the service running, with a key for each role')
    .description(
      'show the five people of the statement, computed from facts sent over HTTP to a store that is thrown away',
    )
    .action(async ({ serve }: { serve?: true }) => {
      // Not before: the other commands have no use for a service, which takes a second and 80 MB to load.
      const { demo } = await import('../demo/demo.js');
      await demo(terminal, serve === true);
    });
}
