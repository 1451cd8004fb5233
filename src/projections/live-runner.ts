import type { Kysely } from 'kysely';
import type { Clock } from '../clock.js';
import type { EventStore, StreamFilter } from '../event-store/event-store.js';
import { Build, EVENTS_A_BATCH, Superseded, type PreparedBatch } from './build.js';
import { DerivingHere, type Deriving } from './deriving.js';
import { firstPass } from './first-pass.js';
import type { Generations } from './generations.js';
import type { ProjectorNews } from './news.js';
import { dueForRetry } from './parked.js';
import { prepared } from './pipeline.js';
import type { ReadModel } from './read-model.js';
import { Alarm } from './supervise.js';
import type { ParkedRow, ProjectionTables } from './tables.js';

const RETRIES_AT_ONCE = 100;
/** After a batch, for more to come: a commit costs the same for one event as for many. Whoever waits for an event interrupts this. */
const GATHER_MS = 25;

type Commit = (batch: PreparedBatch) => Promise<void>;

export interface RunnerParts {
  database: Kysely<ProjectionTables>;
  store: EventStore;
  clock: Clock;
  generations: Generations;
  /** For many keys at a time. */
  deriving: Deriving;
  tell: (news: ProjectorNews) => void;
  signal: AbortSignal;
}

/** Keeps the live build of one read model up with the store. */
export class LiveRunner {
  #interrupt: (() => void) | undefined;
  readonly #filter: StreamFilter;
  readonly #here: Deriving;

  constructor(
    private readonly model: ReadModel,
    private readonly parts: RunnerParts,
  ) {
    this.#filter = { prefixes: model.prefixes };
    this.#here = new DerivingHere(model);
  }

  /** Follows the store from the checkpoint on, until interrupted; then the caller calls it again. */
  async follow(success: () => void): Promise<'again'> {
    const { database, store, clock, generations, signal } = this.parts;
    const state = await generations.live(this.model, await store.head());
    const build = new Build(database, clock, this.model, this.#here, state);
    const commit = async (batch: PreparedBatch): Promise<void> => {
      this.#tellParked(await build.commit(batch));
      if (build.state.position !== null) {
        this.parts.tell({ kind: 'applied', projection: this.model.name, position: build.state.position });
      }
      success();
    };
    const interruption = new AbortController();
    this.#interrupt = () => interruption.abort();
    const ended = AbortSignal.any([signal, interruption.signal]);
    try {
      await this.#retryDue(build);
      if (build.isInFirstPass) await this.#begin(build, commit);
      else {
        await this.#catchUp(build, commit, ended);
        await this.#listen(build, commit, ended);
      }
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    } finally {
      this.#interrupt = undefined;
    }
    return 'again';
  }

  /** Interrupted, it would only throw away what is being derived. */
  async #begin(build: Build, commit: Commit): Promise<void> {
    const { deriving, generations, signal } = this.parts;
    try {
      for await (const batch of firstPass(build, { ...this.parts, model: this.model })) {
        await commit(batch);
        if (signal.aborted) return;
      }
    } finally {
      await deriving.close();
    }
    // The last event there was may be none that this read model reads: it would begin again and again.
    await build.completeFirstPass();
    await generations.survey(this.model, build.state);
  }

  /** In big batches, since a commit costs the same for one event as for thousands. */
  async #catchUp(build: Build, commit: Commit, ended: AbortSignal): Promise<void> {
    const after = build.state.position ?? undefined;
    const batches = this.parts.store.readAll(after, this.#filter, EVENTS_A_BATCH);
    for await (const batch of prepared(build, batches, this.#here)) {
      await commit(batch);
      // Only now, so that however often it is interrupted, it gets on.
      if (ended.aborted) return;
    }
  }

  async #listen(build: Build, commit: Commit, ended: AbortSignal): Promise<void> {
    if (ended.aborted) return;
    const subscription = this.parts.store.subscribe(build.state.position ?? undefined, this.#filter);
    const stop = () => subscription.stop();
    const gather = new Alarm(ended);
    ended.addEventListener('abort', stop, { once: true });
    try {
      for await (const batch of subscription) {
        await commit(await build.prepare(batch));
        await gather.pause(GATHER_MS);
      }
    } finally {
      ended.removeEventListener('abort', stop);
      subscription.stop();
    }
    if (!ended.aborted) throw new Error('the subscription ended by itself');
  }

  /** Makes `follow` end after the batch in hand, so that it begins again, with the state and the events there are then. */
  interrupt(): void {
    this.#interrupt?.();
  }

  /** Interrupts if there is something parked whose time has come: only `follow` moves the build. */
  async retryParked(): Promise<void> {
    const live = await this.parts.generations.find(this.model.name, ['live']);
    if (live && (await dueForRetry(this.parts.database, live, this.parts.clock.now(), 1)).length > 0)
      this.interrupt();
  }

  async #retryDue(build: Build): Promise<void> {
    const { database, clock } = this.parts;
    const due = await dueForRetry(database, build.state, clock.now(), RETRIES_AT_ONCE);
    if (due.length > 0) this.#tellParked(await build.retry(due));
  }

  #tellParked(parked: readonly ParkedRow[]): void {
    for (const { id, key, code, attempts } of parked) {
      this.parts.tell({ kind: 'parked', projection: this.model.name, id, key, code, attempts });
    }
  }
}
