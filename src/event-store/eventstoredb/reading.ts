import { setTimeout as pause } from 'node:timers/promises';
import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamNotFoundError,
  type AllStreamResolvedEvent,
  type EventStoreDBClient,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { StoreUnavailable } from '../errors.js';
import type { Position, StoredEvent } from '../event-store.js';
import type { Connection } from './connection.js';
import { readFailure } from './failure.js';
import { arrivals } from './incoming.js';
import { toLogPosition, type LogPosition } from './position.js';
import { TimedOut, within } from './within.js';
import { fromWire } from './wire-event.js';

const CANCEL_MS = 1_000;
const ATTEMPTS = 3;
const READ_AHEAD = { highWaterMark: 256 };
/** Asked for all it has, the server sends a great deal before it hears that one event was enough. */
const FEW = 8;
/** Behind the head that a follower knows, a reader would miss what it has just been told of. */
const AT_THE_LEADER = { requiresLeader: true } as const;
const NEVER = new AbortController().signal;

type Open = (client: EventStoreDBClient) => StreamingRead<ResolvedEvent>;

/** Reads, with an end to its patience and another try where the connection failed. Rejects with StoreUnavailable. */
export class Reading {
  constructor(private readonly connection: Connection) {}

  /** A stream from a revision on; nothing if it is not there. */
  async stream(name: string, fromRevision: number): Promise<ResolvedEvent[]> {
    return this.#all((client) =>
      client.readStream(name, { ...AT_THE_LEADER, fromRevision: BigInt(fromRevision) }, READ_AHEAD),
    );
  }

  /** The event at a revision, if it is there. */
  async at(name: string, revision: bigint): Promise<ResolvedEvent | undefined> {
    const [event] = await this.#all((client) =>
      client.readStream(name, {
        ...AT_THE_LEADER,
        fromRevision: revision,
        direction: BACKWARDS,
        maxCount: 1,
      }),
    );
    return event?.event?.revision === revision ? event : undefined;
  }

  /** The last event that is not the server's own, looked for from the end on, as far as `notBefore`. */
  async last(notBefore: LogPosition | undefined): Promise<StoredEvent | undefined> {
    return this.#again(async (client) => {
      let before: LogPosition | typeof END = END;
      for (let maxCount = FEW; ; maxCount *= FEW) {
        const read = client.readAll({
          ...AT_THE_LEADER,
          fromPosition: before,
          direction: BACKWARDS,
          maxCount,
        });
        let oldest: LogPosition | undefined;
        for await (const events of this.#patient(read, client)) {
          for (const one of events) {
            if (notBefore && (one.event?.position?.commit ?? 0n) < notBefore.commit) return undefined;
            const [own] = ours([one]);
            if (own) return own;
            oldest = one.event?.position ?? oldest;
          }
        }
        if (oldest === undefined) return undefined;
        before = oldest;
      }
    });
  }

  /** The events after a position, as they come, as far as another; a read that the server ends before that is gone on with. */
  async *upTo(last: Position, after: Position | undefined): AsyncGenerator<StoredEvent[]> {
    let reached = after ?? '';
    for (let ends = 0; reached < last; ends += 1) {
      if (ends === ATTEMPTS) throw new StoreUnavailable('EventStoreDB ends its answers before their end');
      for await (const events of this.all(reached === '' ? undefined : reached)) {
        yield events;
        reached = events.at(-1)?.position ?? reached;
        ends = 0;
        if (reached >= last) return;
      }
    }
  }

  /**
   * All events after a position, as they come; where the connection fails it goes on after the last. The server's own are left
   * out. The signal ends it, without an error.
   */
  async *all(after: Position | undefined, signal = NEVER): AsyncGenerator<StoredEvent[]> {
    let reached = after;
    let tries = this.#tries();
    for (;;) {
      const from = reached === undefined ? START : toLogPosition(reached);
      try {
        const client = await this.connection.client();
        const read = client.readAll(
          { ...AT_THE_LEADER, fromPosition: from, direction: FORWARDS },
          READ_AHEAD,
        );
        for await (const batch of this.#patient(read, client, signal)) {
          const events = ours(batch).filter(({ position }) => position !== reached);
          tries = this.#tries();
          if (events.length > 0) yield events;
          reached = events.at(-1)?.position ?? reached;
        }
        return;
      } catch (error) {
        await tries.again(error);
      }
    }
  }

  #all(open: Open): Promise<ResolvedEvent[]> {
    return this.#again(async (client) => {
      const found: ResolvedEvent[] = [];
      try {
        for await (const events of this.#patient(open(client), client)) found.push(...events);
      } catch (error) {
        if (error instanceof StreamNotFoundError) return [];
        throw error;
      }
      return found;
    });
  }

  async #again<T>(read: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    const tries = this.#tries();
    for (;;) {
      try {
        return await read(await this.connection.client());
      } catch (error) {
        await tries.again(error);
      }
    }
  }

  /** Its `again` resolves when another try may be made, and else throws what the last one failed with. */
  #tries(): { again: (error: unknown) => Promise<void> } {
    const began = Date.now();
    let made = 0;
    return {
      again: async (error) => {
        made += 1;
        if (made === ATTEMPTS || Date.now() - began > this.connection.patience.reading)
          throw readFailure(error);
        await pause(100 * made);
      },
    };
  }

  /** Cancels the call however it is left: the client would keep it open. */
  async *#patient(
    read: StreamingRead<ResolvedEvent>,
    client: EventStoreDBClient,
    signal = NEVER,
  ): AsyncGenerator<ResolvedEvent[]> {
    const { silence } = this.connection.patience;
    try {
      for await (const events of arrivals(read, { idleMs: silence, signal })) {
        if (events.length === 0) {
          this.connection.renew(client);
          throw new TimedOut(`nothing came for ${silence} ms`);
        }
        yield events;
      }
      if (this.connection.hasGivenUp(client)) throw new CutShort();
    } finally {
      await within(CANCEL_MS, read.cancel()).catch(() => undefined);
    }
  }
}

/** A client that is given up ends what it is reading as if that were all there is. */
class CutShort extends Error {
  override readonly name = 'CutShort';
}

/** What the service or somebody like it has written; not the server's own events, nor links that lead nowhere. */
export const ours = (events: readonly (ResolvedEvent | AllStreamResolvedEvent)[]): StoredEvent[] =>
  events.flatMap(({ event, commitPosition }) =>
    event === undefined || event.streamId.startsWith('$') ? [] : [fromWire(event, commitPosition)],
  );
