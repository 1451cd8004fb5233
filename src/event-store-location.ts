import type { Config } from './config.js';
import type { EventStore } from './event-store/event-store.js';
import type { ConnectionString } from './event-store/eventstoredb/connection-string.js';
import { EventStoreDBEventStore } from './event-store/eventstoredb/eventstoredb-event-store.js';
import { storeFile } from './event-store/sqlite/folder.js';
import { SqliteEventStore } from './event-store/sqlite/sqlite-event-store.js';
import { eventsInFile } from './event-store/sqlite/stored-file.js';

/** Where the events are. Plain data, handed to threads as well; it may hold a password: never log it. */
export type StoreLocation =
  { kind: 'sqlite'; folder: string } | { kind: 'eventstoredb'; to: ConnectionString };

export const eventsIn = ({ dataDir, eventStore }: Pick<Config, 'dataDir' | 'eventStore'>): StoreLocation =>
  eventStore === undefined ? { kind: 'sqlite', folder: dataDir } : { kind: 'eventstoredb', to: eventStore };

export interface OpenStoreOptions {
  /** Of the embedded store, which one process writes to and its threads read. */
  access?: 'read' | 'write';
  /** Told when the way to a store elsewhere was lost and taken up again, in words that quote nothing. */
  onTrouble?: (reason: string) => void;
}

export const openEventStore = (
  location: StoreLocation,
  { access, onTrouble }: OpenStoreOptions = {},
): EventStore =>
  location.kind === 'sqlite'
    ? new SqliteEventStore({ folder: location.folder, access })
    : new EventStoreDBEventStore(location.to, { onTrouble });

/** The embedded store as it lies in a folder, which may be a copy or a backup, and a service may be at work on it. It is only read. */
export const storedIn = (folder: string): Pick<EventStore, 'readAll'> => ({
  readAll: () => eventsInFile(storeFile(folder)),
});
