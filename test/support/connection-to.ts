import {
  readConnectionString,
  type ConnectionString,
} from '../../src/event-store/eventstoredb/connection-string.js';

/** A connection string that is known to be sound. */
export function connectionTo(url: string): ConnectionString {
  const read = readConnectionString(url);
  if ('faults' in read) throw new Error(read.faults.join());
  return read;
}
