import { type Figure } from './figure.js';

export interface BenchOptions {
  /** A folder of the bench's own, on the disk of the checkout; it is removed afterwards. */
  folder: string;
  /** Each contestant is measured so often, in turns. */
  rounds: number;
  /** In how many facts the rebuild is measured. */
  facts: number;
  /** How many events the store has that is verified, and the log that evidence is taken from. */
  events: number;
  /** How long one round of requests lasts. */
  seconds: number;
  /** With the events in the double of EventStoreDB and the read models in PostgreSQL, instead of files. */
  elsewhere: boolean;
}

export interface BenchMessage {
  figures: Figure[];
}

/** The main of every bench: a process of its own, so that no bench warms up, or fills the memory of, another. */
export async function runBench(bench: (options: BenchOptions) => Promise<Figure[]>): Promise<void> {
  // Whoever stops the run, or this bench alone, means what it has started, too; that is stopped on `exit`.
  for (const end of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(end, () => process.exit(1));
  const options = JSON.parse(process.argv[2] ?? '{}') as BenchOptions;
  const figures = await bench(options);
  process.send?.({ figures } satisfies BenchMessage);
  process.removeAllListeners('disconnect').disconnect?.();
}

export function say(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

type Contestant<Work> = (work: Work, round: number) => Promise<number> | number;

/**
 * One contestant after the other, and again: what slows the machine down for a while slows both. Gives the figure of every
 * round. A round before the first is not counted: in it the compiler warms up.
 */
export async function inTurns<Name extends string, Work>(
  rounds: number,
  contestants: Record<Name, Contestant<Work>>,
  prepare: (round: number) => Work | Promise<Work>,
): Promise<Record<Name, number[]>> {
  const figures = Object.fromEntries(
    Object.keys(contestants).map((name) => [name, [] as number[]]),
  ) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round++) {
    const work = await prepare(round);
    for (const name of Object.keys(contestants) as Name[]) {
      const figure = await contestants[name](work, round);
      say(`${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}, ${name}: ${figure.toFixed(2)}`);
      if (round > 0) figures[name].push(figure);
    }
  }
  return figures;
}
