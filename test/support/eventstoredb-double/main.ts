import { parseArgs } from 'node:util';
import { obey, type Command } from './commands.js';
import { EventStoreDouble } from './eventstore-double.js';

/**
 * The double as a program: prints its connection string on a line of its own and runs until it is killed. Forked, it also takes
 * commands, and ends with its parent.
 */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, 'no-batch-append': { type: 'boolean', default: false } },
});
const double = await EventStoreDouble.start({
  port: Number(values.port),
  batchAppend: !values['no-batch-append'],
});

process.on('message', ({ id, command }: { id: number; command: Command }) => {
  obey(double, command).then(
    (answer) => process.send?.({ id, answer }),
    (error: Error) => process.send?.({ id, failure: error.message }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ id: 0, answer: double.connectionString });
process.stdout.write(`${double.connectionString}\n`);
