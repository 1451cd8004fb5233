import { EventStoreDBEventStore } from '../../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import type { Patience } from '../../../src/event-store/eventstoredb/patience.js';
import { connectionTo } from '../../support/connection-to.js';
import { EventStoreDouble } from '../../support/eventstoredb-double/eventstore-double.js';

/** Shorter than in earnest: nothing here takes long unless it takes for ever. */
export const SHORT: Patience = {
  greeting: 1_000,
  attempt: 700,
  settling: 4_000,
  connecting: 500,
  reading: 1_000,
  silence: 700,
  quiet: 300,
};

/** A server that does as it is told, and a store that is connected to it and has little patience. */
export class StoreOnDouble {
  /** What the stores have told of their subscriptions. */
  readonly troubles: string[] = [];
  readonly store: EventStoreDBEventStore;

  private constructor(readonly double: EventStoreDouble) {
    this.store = this.open();
  }

  static async start(): Promise<StoreOnDouble> {
    return new StoreOnDouble(await EventStoreDouble.start());
  }

  /** Another one; whoever opens it closes it. */
  open(patience = SHORT, url = this.double.connectionString): EventStoreDBEventStore {
    const onTrouble = (reason: string): unknown => this.troubles.push(reason);
    return new EventStoreDBEventStore(connectionTo(url), { patience, onTrouble });
  }

  idsIn(stream: string): string[] {
    return this.double.data.events.filter((event) => event.stream === stream).map(({ id }) => id);
  }

  async stop(): Promise<void> {
    this.double.faults.clear();
    await this.store.close();
    await this.double.stop();
  }
}
