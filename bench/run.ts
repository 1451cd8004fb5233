import { fork } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { isMet, type Figure } from './harness/figure.js';
import { describeMachine } from './harness/machine.js';
import { type BenchMessage, type BenchOptions } from './harness/program.js';
import { asMarkdown, asTable, type BenchReport } from './harness/report.js';

/** Each a program in `benches/`. */
const ON_FILES = [
  'append',
  'sealing',
  'names',
  'http',
  'rebuild',
  'reports',
  'case',
  'emmett',
  'verify',
  'notary',
];
const ELSEWHERE: Record<string, string> = {
  'append-elsewhere': 'append-elsewhere',
  'http-elsewhere': 'http',
  'case-elsewhere': 'case',
  projection: 'projection',
};
const BENCHES = [...ON_FILES, ...Object.keys(ELSEWHERE)];
const WHOLE_RUN = { facts: 1_000_000, events: 100_000, rounds: 5, seconds: 8 };

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

function whole(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('a whole number above 0, please');
  return Number(text);
}

const { only, ...sizes } = new Command('npm run bench --')
  .description(
    'Measures the built service beside simpler programs that do the same work, and writes bench/results.md.',
  )
  .addOption(new Option('--only <name>', 'one bench; results.md is left as it is').choices(BENCHES))
  .option(
    '--facts <n>',
    'facts in the rebuild, and in the projection if there are fewer than usual',
    whole,
    WHOLE_RUN.facts,
  )
  .option('--events <n>', 'events in a store that is verified, and in a log', whole, WHOLE_RUN.events)
  .option('--rounds <n>', 'turns of each contestant', whole, WHOLE_RUN.rounds)
  .option('--seconds <n>', 'of requests in a round', whole, WHOLE_RUN.seconds)
  .parse()
  .opts<{ only?: string; facts: number; events: number; rounds: number; seconds: number }>();

const data = path('data');
mkdirSync(data, { recursive: true });
const machine = describeMachine(data);
process.stderr.write(`${machine.join('\n')}\n`);

const reports: BenchReport[] = [];
const failed: string[] = [];
for (const bench of BENCHES.filter((name) => only === undefined || name === only)) {
  process.stderr.write(`${bench}\n`);
  const folder = `${data}/${bench}-${process.pid}`;
  mkdirSync(folder);
  try {
    reports.push({
      bench,
      figures: await figuresOf(bench, { ...sizes, folder, elsewhere: bench in ELSEWHERE }),
    });
  } catch (error) {
    // The others take half an hour, and are worth having.
    failed.push(bench);
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.stdout.write(`${asTable(reports)}\n`);
if (only === undefined) {
  const settings = `${sizes.rounds} rounds; ${sizes.facts.toLocaleString('en')} facts in the rebuild${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}`;
  writeFileSync(path('results.md'), asMarkdown(reports, machine, settings));
}
const missed = reports.flatMap(({ figures }) => figures).filter((figure) => isMet(figure) === false);
process.exitCode = missed.length + failed.length === 0 ? 0 : 1;

function figuresOf(bench: string, options: BenchOptions): Promise<Figure[]> {
  return new Promise((resolve, reject) => {
    const child = fork(path(`benches/${ELSEWHERE[bench] ?? bench}.ts`), [JSON.stringify(options)]);
    let figures: Figure[] | undefined;
    child.on('message', (message: BenchMessage) => (figures = message.figures));
    child.on('exit', (code) => {
      if (figures) resolve(figures);
      else reject(new Error(`the bench ${bench} ended with ${code ?? 'a signal'} and no figures`));
    });
  });
}
