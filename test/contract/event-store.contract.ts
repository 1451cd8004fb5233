import { afterEach, beforeEach, describe } from '@jest/globals';
import type { EventStore } from '../../src/event-store/event-store.js';
import { appending } from './event-store/appending.js';
import { knowingAllIds } from './event-store/knowing-all-ids.js';
import { refusing } from './event-store/refusing.js';
import { racing } from './event-store/racing.js';
import { reading } from './event-store/reading.js';
import { restarting } from './event-store/restarting.js';
import { subscribing } from './event-store/subscribing.js';

/** The data of one store, empty at first. */
export interface StoreUnderTest {
  /** Opens the data; more than once at a time, as several processes would. */
  open(): Promise<EventStore>;
  /** Closes what is still open, and throws the data away. */
  dispose(): Promise<void>;
}

/** What each part of the suite works with; `open` is another connection to the same data. */
export interface Given {
  readonly store: EventStore;
  open(): Promise<EventStore>;
}

export interface Kind {
  /** Whether the store refuses every id that it has, wherever it stands: the port leaves that open. */
  knowsAllIds: boolean;
}

/** Holds an adapter to everything that the port promises. */
export function eventStoreContract(
  name: string,
  { knowsAllIds }: Kind,
  create: () => Promise<StoreUnderTest>,
): void {
  describe(`${name} as an event store`, () => {
    let data: StoreUnderTest;
    let store: EventStore;

    beforeEach(async () => {
      data = await create();
      store = await data.open();
    });
    afterEach(() => data.dispose());

    const given: Given = {
      get store() {
        return store;
      },
      open: () => data.open(),
    };
    for (const part of [appending, refusing, reading, racing, subscribing, restarting]) part(given);
    if (knowsAllIds) knowingAllIds(given);
  });
}
