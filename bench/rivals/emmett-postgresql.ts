import {
  getPostgreSQLEventStore,
  postgreSQLRawSQLProjection,
  rebuildPostgreSQLProjections,
  type EventStore,
  type RecordedEvent,
} from '@event-driven-io/emmett-postgresql';
import { type BenchDatabase } from '../harness/postgres.js';
import { type OneAppend } from '../work/facts-to-append.js';
import { SUMMARY_CHANGES, SUMMARY_COLUMNS, summarySql } from './case-summaries.js';

interface Pulling {
  batchSize: number;
  pullingFrequencyInMs: number;
}

/** An event store of Emmett's in a PostgreSQL database of its own, and its projections into a table beside it. */
export class EmmettOnPostgres {
  readonly #database: BenchDatabase;
  readonly #store: EventStore;

  private constructor(database: BenchDatabase, store: EventStore) {
    this.#database = database;
    this.#store = store;
  }

  /** Nobody waits for a flush in this database, as in that of the service's read models. */
  static async open(database: BenchDatabase, { inline = false } = {}): Promise<EmmettOnPostgres> {
    await database.setForAll('synchronous_commit', 'off');
    await database.ask(TABLE);
    const projections = inline ? [{ type: 'inline', projection: projectionNamed('inline') } as const] : [];
    const store = getPostgreSQLEventStore(database.url, { projections });
    await store.schema.migrate();
    return new EmmettOnPostgres(database, store);
  }

  /**
   * Every writer appends stream after stream, each as a whole. Gives the facts per second. What several write side by side its
   * consumer does not all find: it goes on from the highest position it has seen, and reads by transaction.
   */
  async append(writers: readonly OneAppend[][]): Promise<number> {
    const work = writers.map((appends) => [...Map.groupBy(appends, ({ stream }) => stream)]);
    const began = performance.now();
    await Promise.all(
      work.map(async (streams) => {
        for (const [stream, appends] of streams)
          await this.#store.appendToStream(stream, appends.map(asItsEvent), { expectedStreamVersion: 0n });
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    return writers.reduce((sum, { length }) => sum + length, 0) / seconds;
  }

  /** Its own rebuild of a projection, of all there is, under a name that it has not seen. Gives the facts per second. */
  async project(name: string, pulling?: Pulling): Promise<number> {
    const [{ facts } = { facts: 0 }] = await this.#database.ask<{ facts: number }>(
      'SELECT count(*)::integer AS facts FROM emt_messages',
    );
    await this.#database.ask('TRUNCATE case_summaries');
    const consumer = rebuildPostgreSQLProjections({
      connectionString: this.#database.url,
      projections: [projectionNamed(name)],
      ...(pulling && { pulling }),
    });
    const began = performance.now();
    await consumer.start();
    const seconds = (performance.now() - began) / 1000;
    await consumer.close();
    return facts / seconds;
  }

  /** How many cases the projection shows that ended with a release: all, if it has come to the end of each. */
  async projectedCases(): Promise<number> {
    const [row] = await this.#database.ask<{ cases: number }>(
      'SELECT count(*)::integer AS cases FROM case_summaries WHERE held = 0 AND arrests = 1 AND fines = 1',
    );
    return row?.cases ?? 0;
  }

  async close(): Promise<void> {
    await this.#store.close();
    await this.#database.deserted();
  }
}

const asItsEvent = ({ event }: OneAppend) => ({
  type: event.type,
  data: JSON.parse(event.payload) as Record<string, unknown>,
  metadata: JSON.parse(event.metadata) as Record<string, unknown>,
});

const TABLE = `CREATE TABLE case_summaries (${SUMMARY_COLUMNS})`;

const projectionNamed = (name: string) =>
  postgreSQLRawSQLProjection({ name, canHandle: Object.keys(SUMMARY_CHANGES), evolve: sqlOf });

const sqlOf = (event: RecordedEvent): string[] =>
  summarySql(event, (one, other) => `greatest(${one}, ${other})`);
