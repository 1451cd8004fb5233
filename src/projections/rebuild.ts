import { setImmediate } from 'node:timers/promises';
import { Build, EVENTS_A_BATCH, Superseded } from './build.js';
import { firstPass } from './first-pass.js';
import type { RunnerParts } from './live-runner.js';
import { Pace, progressOf } from './progress.js';
import type { ReadModel } from './read-model.js';
import { Alarm } from './supervise.js';
import type { GenerationRow } from './tables.js';

/** For those who had to wait for the swap, which then did not come about. */
const BUSY_PAUSE_MS = 1_000;

/**
 * Fills a new build beside the live one, from the beginning of the store, and puts it in its place when it is as far.
 * The state of both is in the database, so that a rebuild cut short is gone on with.
 */
export class Rebuild {
  constructor(
    private readonly model: ReadModel,
    private readonly parts: RunnerParts,
  ) {}

  /** Does the rebuild that is asked for, if one is; true when the live build has been replaced. */
  async run(success: () => void): Promise<boolean> {
    const { database, store, clock, generations, deriving } = this.parts;
    await generations.dropRetired(this.model);
    if (!(await generations.find(this.model.name, ['requested', 'building']))) return false;
    const state = await generations.coming(this.model, await store.head());
    if (!state) return false;
    try {
      const build = new Build(database, clock, this.model, deriving, state);
      await this.#count(build);
      const swapped = await this.#fill(build, success);
      if (swapped) await generations.dropRetired(this.model);
      return swapped;
    } catch (error) {
      if (error instanceof Superseded) return false;
      throw error;
    } finally {
      await deriving.close();
    }
  }

  async #fill(build: Build, success: () => void): Promise<boolean> {
    const { clock, generations, tell, signal } = this.parts;
    const pace = new Pace(clock.now());
    let surveyed = false;
    for (;;) {
      for await (const batch of firstPass(build, { ...this.parts, model: this.model })) {
        if (signal.aborted) return false;
        await build.commit(batch, pace.count(batch.events.length, clock.now()));
        success();
        tell({ kind: 'progress', projection: this.model.name, progress: progressOf(build.state) });
      }
      if (signal.aborted) return false;
      if (!surveyed) await generations.survey(this.model, build.state);
      surveyed = true;
      const outcome = await generations.swap(this.model, build.state);
      if (outcome === 'superseded') throw new Superseded();
      if (outcome === 'busy') await new Alarm(signal).pause(BUSY_PAUSE_MS);
      if (outcome === 'swapped') {
        tell({ kind: 'rebuilt', projection: this.model.name, events: build.state.events });
        return true;
      }
    }
  }

  /** How much there is to read is known from the live build; without one it is counted, for the time left. */
  async #count(build: Build): Promise<void> {
    const { first_pass_to: last, events_expected: expected, position }: Readonly<GenerationRow> = build.state;
    if (last === null || expected !== null || position !== null) return;
    let events = 0;
    const filter = { prefixes: this.model.prefixes };
    for await (const batch of this.parts.store.readAll(undefined, filter, EVENTS_A_BATCH)) {
      if (this.parts.signal.aborted) return;
      events += batch.length;
      await setImmediate();
    }
    await build.expect(events);
  }
}
