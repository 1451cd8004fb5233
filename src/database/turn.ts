import { holdLock } from './advisory-lock.js';
import type { DatabaseLocation } from './open-database.js';

/** Does the work while no other process does it; resolves with its end, rejects when it was lost to another. */
export type TakeTurn = (signal: AbortSignal, work: (held: AbortSignal) => Promise<void>) => Promise<void>;

/** Processes that share a PostgreSQL database take turns at what has a name there. A file belongs to one process and its threads: undefined. */
export const turnsAt = (location: DatabaseLocation, name: string): TakeTurn | undefined =>
  location.kind === 'sqlite'
    ? undefined
    : (signal, work) => holdLock({ url: location.url, name: `${location.schema}/${name}`, signal }, work);
