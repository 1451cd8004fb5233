import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import { readConnectionString } from '../../src/event-store/eventstoredb/connection-string.js';
import { type BenchOptions } from './program.js';
import { startDouble, type Double } from './double.js';
import { PostgresServer, type BenchDatabase } from './postgres.js';

/** Where the service keeps its data when one machine is not enough: the double of EventStoreDB, and a real PostgreSQL. */
export class StoresElsewhere {
  readonly postgres: PostgresServer;
  /** For the service to start with. */
  readonly env: { EVENTSTORE_URL: string; DATABASE_URL: string };
  readonly #double: Double;

  private constructor(double: Double, postgres: PostgresServer, database: BenchDatabase) {
    this.#double = double;
    this.postgres = postgres;
    this.env = { EVENTSTORE_URL: double.url, DATABASE_URL: database.url };
  }

  static async start(folder: string): Promise<StoresElsewhere> {
    const [double, postgres] = await Promise.all([startDouble(folder), PostgresServer.start(folder)]);
    return new StoresElsewhere(double, postgres, await postgres.database('habeas'));
  }

  /** None if the bench is to run on files. */
  static async asAsked({ folder, elsewhere }: BenchOptions): Promise<StoresElsewhere | undefined> {
    return elsewhere ? StoresElsewhere.start(folder) : undefined;
  }

  /** The service's own way to the events; to be closed. */
  openEventStore(): EventStoreDBEventStore {
    // The tests have this, too; but what they import are sources, and a bench runs what is built.
    const to = readConnectionString(this.env.EVENTSTORE_URL);
    if ('faults' in to) throw new Error(to.faults.join());
    return new EventStoreDBEventStore(to);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#double.stop(), this.postgres.stop()]);
  }
}
