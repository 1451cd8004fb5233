import type { StoredEvent, StreamFilter, Subscription } from '../event-store.js';
import type { KnownGaps } from '../known-gaps.js';
import type { CommitSignal } from './commit-signal.js';
import type { EventReader } from './event-reader.js';
import { told, walk } from './walk.js';

/** Catches up, then waits for news, for ever. It reads on only when the batch before has been taken: no buffer to overflow. */
export class LiveSubscription implements Subscription {
  private stopped = false;
  private wake: (() => void) | undefined;

  constructor(
    private readonly reader: () => EventReader,
    private readonly commits: CommitSignal,
    private row: number,
    private readonly options: {
      filter: StreamFilter | undefined;
      batchSize: number;
      live: Set<Subscription>;
      gaps: KnownGaps<number>;
    },
  ) {}

  stop(): void {
    this.stopped = true;
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly StoredEvent[]> {
    this.options.live.add(this);
    try {
      while (!this.stopped) {
        const upTo = told(() => this.reader().head());
        // Nothing can happen between this look at the head and the wish to be woken: no commit falls between the two.
        if (upTo <= this.row) await this.news();
        else yield* this.catchUp(upTo);
      }
    } finally {
      this.options.live.delete(this);
    }
  }

  private async *catchUp(upTo: number): AsyncGenerator<readonly StoredEvent[]> {
    for await (const events of walk(this.reader, { ...this.options, after: this.row, upTo })) {
      yield events;
      if (this.stopped) return;
    }
    this.row = upTo;
  }

  private async news(): Promise<void> {
    let unsubscribe: (() => void) | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      unsubscribe = this.commits.once(resolve);
    });
    unsubscribe?.();
    this.wake = undefined;
  }
}
