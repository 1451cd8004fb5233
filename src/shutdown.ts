import { Log } from './log.js';

/** In this order, each with the time it may take. A request in flight may still need the read model, and both need the stores. */
export const PHASES = {
  'stop taking requests': 5_000,
  'finish requests in flight': 20_000,
  'stop subscriptions': 10_000,
  'close stores': 10_000,
} as const;

export type Phase = keyof typeof PHASES;

type Step = () => unknown;

/** How the service ends. Rooms say what they have to do in which phase; steps of one phase run side by side. */
export class Shutdown {
  readonly #steps = new Map<Phase, Step[]>();
  readonly #over = new Set<Phase>();
  #done: Promise<boolean> | undefined;

  constructor(
    private readonly log: Log,
    private readonly limits: Readonly<Record<Phase, number>> = PHASES,
  ) {}

  /** A start that fails ends the service while other rooms are still being opened: what they say once the phase is over is done at once. */
  during(phase: Phase, step: Step): void {
    if (this.#over.has(phase)) void this.#late(phase, step);
    this.#steps.set(phase, [...(this.#steps.get(phase) ?? []), step]);
  }

  /** Whoever is still opening something need not begin. */
  get hasBegun(): boolean {
    return this.#done !== undefined;
  }

  /** True when every step of every phase ended well and in time; a phase that does not is logged and passed over. Asking again gives the same answer. */
  run(): Promise<boolean> {
    return (this.#done ??= this.#run());
  }

  async #run(): Promise<boolean> {
    let well = true;
    for (const phase of Object.keys(PHASES) as Phase[]) well = (await this.#runPhase(phase)) && well;
    return well;
  }

  async #runPhase(phase: Phase): Promise<boolean> {
    const begun = performance.now();
    const steps = (this.#steps.get(phase) ?? []).map(async (step) => step());
    this.#over.add(phase);
    const outcome = await Promise.race([outcomeOf(steps), after(this.limits[phase])]);
    const fields = { phase, outcome, ms: Math.round(performance.now() - begun) };
    if (outcome === 'done') this.log.info(fields, 'shutdown');
    else this.log.error(fields, 'shutdown');
    return outcome === 'done';
  }

  async #late(phase: Phase, step: Step): Promise<void> {
    if ((await outcomeOf([(async () => step())()])) === 'failed') this.log.error({ phase }, 'shutdown');
  }
}

async function outcomeOf(steps: Promise<unknown>[]): Promise<'done' | 'failed'> {
  const results = await Promise.allSettled(steps);
  return results.every(({ status }) => status === 'fulfilled') ? 'done' : 'failed';
}

function after(ms: number): Promise<'out of time'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('out of time'), ms).unref();
  });
}
