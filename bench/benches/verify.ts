import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inTurns, runBench } from '../harness/program.js';
import { dataOf } from '../harness/service.js';
import { hashRows } from '../rivals/hash-rows.js';
import { loggedStore } from '../work/logged-store.js';

/** More turns would take long, and tell little: each is a long measurement by itself. */
const MOST_ROUNDS = 3;
/** A million in under 90 s. */
const RATE = 1_000_000 / 90;

interface Ended {
  code: number;
  seconds: number;
  megabytes: number;
}

await runBench(async ({ folder, rounds, events }) => {
  const data = dataOf(folder);
  const { keyFile, checkpointFile, close } = await loggedStore(folder, data, events);
  await close();
  const peaks: number[] = [];
  const rates = await inTurns(
    Math.min(rounds, MOST_ROUNDS),
    {
      verify: async (_: void, round: number) => {
        const { seconds, megabytes } = await verify(
          '--store',
          data,
          '--key',
          keyFile,
          '--known',
          checkpointFile,
        );
        if (round > 0) peaks.push(megabytes);
        return events / seconds;
      },
      'rows and hashes': () => hashRows(data),
    },
    () => undefined,
  );
  return [
    {
      what: `habeas verify --store --key --known, ${events.toLocaleString('en')} events`,
      unit: '/s',
      product: rates.verify,
      baseline: { name: 'all rows read, SHA-256 of payload and metadata', rounds: rates['rows and hashes'] },
      target: { atLeast: Math.ceil(RATE) },
    },
    { what: 'peak memory of that process', unit: 'MB', product: peaks, target: { below: 500 } },
  ];
});

function verify(...args: string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('../work/verify-command.ts', import.meta.url)), args);
    let ended: Ended | undefined;
    child.on('message', (message: Ended) => (ended = message));
    child.on('exit', () => {
      if (ended?.code === 0) resolve(ended);
      else reject(new Error(`the verification ended with ${ended?.code ?? 'nothing'}`));
    });
  });
}
