import type { Transaction } from 'kysely';
import type { StoredEvent, Streams } from '../event-store/event-store.js';
import type { ProjectionTables } from './tables.js';

export type ReadTransaction = Transaction<ProjectionTables>;

/** One build of a read model's tables. The live one is what the views without a number show. */
export class TableSet {
  constructor(readonly generation: number) {}

  /** The name that a table of the read model has in this build. */
  named<Name extends string>(table: Name): Name {
    // The type stays that of the plain name: every build has the same columns.
    return `${table}_g${this.generation}` as Name;
  }
}

/**
 * What a feature says about its rows; the runner knows nothing else of it.
 *
 * What belongs to a key is a pure function of the streams as they stand: an event says only *which* keys to derive anew.
 * So an event delivered twice, or late, does no harm.
 */
export abstract class ReadModel<Rows = unknown> {
  abstract readonly name: string;
  /** Raise it when the rows would come out differently: they are then built anew beside the live ones. */
  abstract readonly version: number;
  /** The oldest version whose tables this code still reads and writes. Rows older than that are not answered from. */
  abstract readonly compatibleFrom: number;
  /** Only streams whose name begins with one of these are read. */
  abstract readonly prefixes: readonly string[];
  /**
   * Plain names of the tables, as `createTables` makes them. A query of several of them names the first one of this list
   * first (see `showTables`); else it may fail, and be asked again, when a build takes the place of another.
   */
  abstract readonly tables: readonly string[];

  abstract createTables(transaction: ReadTransaction, set: TableSet): Promise<void>;

  /**
   * The keys whose rows may differ after this event. Every key must be named by the first event (revision 0) of some
   * stream it is derived from: a rebuild looks at no other.
   */
  abstract touched(event: StoredEvent): Iterable<string>;

  /**
   * Reads the key's streams, from the store if nothing else is named, and works out its rows. What it throws parks the key,
   * unless it is a failure of the store (see `isPassing`), which is waited out.
   */
  abstract derive(key: string, streams?: Streams): Promise<Rows>;

  /** Puts the rows in place of what was there for the same keys. The same key may come twice. */
  abstract write(transaction: ReadTransaction, set: TableSet, rows: readonly Rows[]): Promise<void>;
}
