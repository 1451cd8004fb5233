import { HabeasError } from '../../errors.js';
import { compareStores, isBeginning, type Comparison } from '../../event-store/copying/compare-stores.js';
import { AppendFailed, copyRest } from '../../event-store/copying/copy-rest.js';
import type { Watch } from '../../event-store/copying/watch.js';
import type { EventStore } from '../../event-store/event-store.js';
import { CommandFailure } from '../failure.js';
import type { Terminal } from '../terminal.js';
import { inNumbers, Stage } from './stage.js';
import { contentsInWords, differenceInWords, failureInWords, GO_ON } from './words.js';

const NOT_A_COPY =
  'EventStoreDB holds something else than a beginning of the embedded store. Nothing was written: it must be empty, or hold what an earlier run has copied.';

/** One store made into the other, stage by stage, for a person who waits. Throws CommandFailure where that does not succeed. */
export class Migration {
  /** What is to be said if it is interrupted now. */
  soFar = 'Interrupted before anything was written.';
  /** Of events in the source; undefined before it has been read once. */
  #total: number | undefined;

  constructor(
    private readonly source: EventStore,
    private readonly target: EventStore,
    private readonly terminal: Terminal,
  ) {}

  async copy(signal: AbortSignal): Promise<void> {
    const found = await this.#compare('Looking what is there', signal);
    if (found.difference && !isBeginning(found)) {
      throw new CommandFailure([NOT_A_COPY, ...differenceInWords(found.difference)].join('\n'));
    }
    const total = (this.#total = found.source.events);
    const copied = await this.#stage('Copying', signal, (watch) =>
      copyRest(this.source, this.target, found, {
        ...watch,
        show: (done) => {
          watch.show(done);
          this.soFar = `Interrupted: ${inNumbers(done)} of ${inNumbers(total)} events are in EventStoreDB. ${GO_ON}`;
        },
      }),
    );
    const before = found.same > 0 ? `; ${inNumbers(found.same)} had been there` : '';
    this.terminal.say(`${inNumbers(copied)} of ${inNumbers(total)} events copied${before}.`);
  }

  async verify(signal: AbortSignal): Promise<void> {
    this.soFar = 'Interrupted before both stores were compared; --verify-only does just that.';
    const found = await this.#compare('Comparing both stores', signal);
    if (found.difference) {
      const lines = [
        'The stores are not the same.',
        ...differenceInWords(found.difference),
        ...contentsInWords(found),
        ...(isBeginning(found) ? ['Without --verify-only the command copies what is missing.'] : []),
      ];
      throw new CommandFailure(lines.join('\n'));
    }
    this.terminal.out(
      `Both stores hold the same ${inNumbers(found.same)} events: streams, revisions, ids, types, stored bytes and order.`,
    );
    contentsInWords(found).forEach((line) => this.terminal.out(line));
  }

  #compare(what: string, signal: AbortSignal): Promise<Comparison> {
    return this.#stage(what, signal, (watch) => compareStores(this.source, this.target, watch));
  }

  async #stage<T>(what: string, signal: AbortSignal, work: (watch: Watch) => Promise<T>): Promise<T> {
    const stage = new Stage(this.terminal, what);
    try {
      return await work({
        show: (done) => stage.show(done, this.#total),
        trouble: (reason) => stage.trouble(reason),
        signal,
      });
    } catch (error) {
      if (error instanceof AppendFailed) throw new CommandFailure(failureInWords(error).join('\n'));
      if (error instanceof HabeasError) throw new CommandFailure(`${what}: ${error.message}`);
      throw error;
    } finally {
      stage.end();
    }
  }
}
