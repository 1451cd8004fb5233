import { Disturbance, type DisturbanceOptions } from './disturbance.js';
import { FaultQueue } from './fault-queue.js';

/** Errors that end a call; on a batch stream, with it all appends that wait there. */
export type CallError = 'unavailable' | 'cancelled' | 'internal' | 'access-denied' | 'not-leader';

/** `end`: the server ends the call as if all were well. `never`: it says nothing more and keeps the call open. */
type Silence = 'end' | 'never';

/** What is answered to one append alone. The server is not ready or busy, or gave up waiting for its own disk or followers. */
export type Refusal = 'not-ready' | 'busy' | 'timeout' | 'unknown' | 'refused-access';

export interface AppendFault {
  answer: CallError | Silence | Refusal;
  /** Whether it is in the log all the same. */
  written: boolean;
}

export interface ReadFault {
  answer: CallError | Silence;
  /** How many events are delivered before; absent: none. */
  after?: number;
  /** Absent: reads of either. */
  of?: 'all' | 'stream';
}

/** How the double misbehaves. Queues are worked off call by call; the other switches hold until they are set back. */
export class Faults {
  /** For appends, in the order in which they come in, unary and batch alike. */
  readonly appends = new FaultQueue<AppendFault>();
  /** For reads that end by themselves. */
  readonly reads = new FaultQueue<ReadFault>();
  readonly subscriptions = new FaultQueue<ReadFault>();
  /** For the question which methods the server knows: each client asks it once, before anything else. */
  readonly features = new FaultQueue<CallError | 'never'>();
  readonly gossip = new FaultQueue<CallError | 'never'>();
  /** Every call is answered UNAVAILABLE. */
  unavailable = false;
  /** Replies, and what a subscription delivers, wait so long. */
  delayMs = 0;
  /** A filtered subscription that found nothing is told 2^64-1 as its checkpoint. */
  endOfLogCheckpoint = false;

  #stalled = false;
  #disturbance: Disturbance | undefined;
  readonly #listeners = new Set<() => void>();

  /** Subscriptions stay open and deliver nothing. */
  get subscriptionsStalled(): boolean {
    return this.#stalled;
  }

  set subscriptionsStalled(stalled: boolean) {
    this.#stalled = stalled;
    for (const listener of this.#listeners) listener();
  }

  /** Calls that begin from now on deliver twice, and out of order; `undefined`: no longer. */
  disturb(options: DisturbanceOptions | undefined): void {
    this.#disturbance = options && new Disturbance(options);
  }

  disturbanceOf(kind: 'read' | 'subscription'): Disturbance | undefined {
    return kind === 'subscription' || this.#disturbance?.alsoReads ? this.#disturbance : undefined;
  }

  /** Everything as it should be again. */
  clear(): void {
    for (const queue of [this.appends, this.reads, this.subscriptions, this.features, this.gossip]) {
      queue.clear();
    }
    this.unavailable = false;
    this.delayMs = 0;
    this.endOfLogCheckpoint = false;
    this.disturb(undefined);
    this.subscriptionsStalled = false;
  }

  /** Replies when a reply may go out: at once, as a rule. */
  reply(send: () => void): void {
    if (this.delayMs > 0) setTimeout(send, this.delayMs).unref();
    else send();
  }

  /** Resolves when a reply may go out. */
  async delayed(): Promise<void> {
    if (this.delayMs > 0) await new Promise<void>((resolve) => this.reply(resolve));
  }

  /** Calls back when a subscription may go on, until the function that it gives is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
