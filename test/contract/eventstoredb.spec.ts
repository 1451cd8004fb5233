import { describe, it } from '@jest/globals';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import type { ConnectionString } from '../../src/event-store/eventstoredb/connection-string.js';
import { connectionTo } from '../support/connection-to.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { StoreSince } from '../support/store-since.js';
import { eventStoreContract, type StoreUnderTest } from './event-store.contract.js';

/** What it must know to find every id: see the port. */
const KIND = { knowsAllIds: false };

eventStoreContract('EventStoreDB double', KIND, async () => {
  const double = await EventStoreDouble.start();
  const stores = storesOn(connectionTo(double.connectionString));
  return {
    open: async () => stores.open(),
    dispose: async () => {
      await stores.close();
      await double.stop();
    },
  };
});

/** A node to play with, on which nobody else writes meanwhile; what the tests write stays there. */
const url = process.env['EVENTSTORE_URL'];
if (url === undefined) {
  describe('EventStoreDB real', () => {
    it.skip('was not tried: EVENTSTORE_URL names no server', () => undefined);
  });
} else {
  eventStoreContract('EventStoreDB real', KIND, async (): Promise<StoreUnderTest> => {
    const stores = storesOn(connectionTo(url));
    const since = await stores.open().head();
    return { open: async () => new StoreSince(stores.open(), since), dispose: () => stores.close() };
  });
}

function storesOn(to: ConnectionString): { open(): EventStoreDBEventStore; close(): Promise<void> } {
  const opened: EventStoreDBEventStore[] = [];
  return {
    open: () => {
      const store = new EventStoreDBEventStore(to);
      opened.push(store);
      return store;
    },
    close: async () => {
      await Promise.all(opened.map((store) => store.close()));
    },
  };
}
