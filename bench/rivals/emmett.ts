import {
  getSQLiteEventStore,
  sqliteConnection,
  sqliteRawSQLProjection,
  type Connection,
  type EventStore,
  type RecordedEvent,
} from '@event-driven-io/emmett-sqlite';
import { type OneAppend } from '../work/facts-to-append.js';
import { SUMMARY_CHANGES, SUMMARY_COLUMNS, summarySql } from './case-summaries.js';

interface Pulling {
  batchSize: number;
  pullingFrequencyInMs: number;
}

/**
 * An event store of Emmett's on a file. All writers share one connection: with a connection for each append, its default
 * on files, 64 writers at once end in errors. The price, which it is not charged here: their transactions run into one
 * another, and an append may be answered before it is on disk.
 */
export class EmmettStore {
  readonly #connection: Connection;
  readonly #store: EventStore;

  private constructor(connection: Connection, store: EventStore) {
    this.#connection = connection;
    this.#store = store;
  }

  /** Throws unless it flushes as the service's store does: WAL and synchronous=FULL, which are its own settings. */
  static async open(fileName: string): Promise<EmmettStore> {
    const connection = sqliteConnection({ fileName });
    // It asks for that itself, but does not wait for it: what follows may come first, and then it is refused unnoticed.
    await connection.query('PRAGMA journal_mode = WAL');
    const store = getSQLiteEventStore({ fileName, connectionOptions: { singleton: true, connection } });
    await store.schema.migrate();
    const [level] = await connection.query<{ synchronous: number }>('PRAGMA synchronous');
    const [journal] = await connection.query<{ journal_mode: string }>('PRAGMA journal_mode');
    if (level?.synchronous !== 2 || journal?.journal_mode !== 'wal')
      throw new Error('Emmett has other settings now');
    return new EmmettStore(connection, store);
  }

  /** Every writer waits for the answer to one append before it sends the next. Gives the appends per second. */
  async append(writers: readonly OneAppend[][]): Promise<number> {
    const work = writers.map((appends) => appends.map(asItsEvent));
    const began = performance.now();
    await Promise.all(
      work.map(async (appends) => {
        for (const { stream, revision, event } of appends) {
          await this.#store.appendToStream(stream, [event], { expectedStreamVersion: BigInt(revision) });
        }
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    return work.reduce((sum, { length }) => sum + length, 0) / seconds;
  }

  /** Projects all there is, from the beginning, into the same table as the hand-written loop. Gives the facts per second. */
  async project(processorId: string, pulling?: Pulling): Promise<number> {
    const [last] = await this.#connection.query<{ position: number; facts: number }>(
      'SELECT max(global_position) AS position, count(*) AS facts FROM emt_messages',
    );
    if (!last) throw new Error('there is nothing to project');
    const consumer = this.#store.consumer(pulling && { pulling });
    await this.#connection.query('DROP TABLE IF EXISTS case_summaries');
    await this.#connection.query(TABLE);
    consumer.processor({
      processorId,
      projection: sqliteRawSQLProjection({
        canHandle: Object.keys(SUMMARY_CHANGES),
        evolve: sqlOf,
        initSQL: TABLE,
      }),
      startFrom: 'BEGINNING',
      stopAfter: ({ metadata }) => metadata.globalPosition >= BigInt(last.position),
    });
    const began = performance.now();
    await consumer.start();
    const seconds = (performance.now() - began) / 1000;
    return last.facts / seconds;
  }

  /** How many cases the projection shows. */
  async projectedCases(): Promise<number> {
    const [row] = await this.#connection.query<{ cases: number }>(
      'SELECT count(*) AS cases FROM case_summaries',
    );
    return row?.cases ?? 0;
  }

  close(): void {
    this.#connection.close();
  }
}

const asItsEvent = ({ stream, revision, event }: OneAppend) => ({
  stream,
  revision,
  event: {
    type: event.type,
    data: JSON.parse(event.payload) as Record<string, unknown>,
    metadata: JSON.parse(event.metadata) as Record<string, unknown>,
  },
});

const TABLE = `CREATE TABLE IF NOT EXISTS case_summaries (${SUMMARY_COLUMNS})`;

const sqlOf = (event: RecordedEvent): string[] => summarySql(event, (one, other) => `max(${one}, ${other})`);
