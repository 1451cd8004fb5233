import type { Kysely } from 'kysely';
import { migrate } from '../../src/database/migrate.js';
import { openPostgres, type PostgresOptions } from '../../src/database/postgres.js';
import { freshPostgres, type FreshPostgres } from './postgres.js';
import { TcpProxy } from './tcp-proxy.js';

export interface BoxTables {
  boxes: { id: number; label: string };
}

export const BOX = { id: 1, label: 'a' };

const MIGRATIONS = {
  '001': {
    up: (database: Kysely<BoxTables>) =>
      database.schema
        .createTable('boxes')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('label', 'text', (column) => column.notNull())
        .execute(),
  },
};

/** One table in a real PostgreSQL, and a wire to it that can be cut. */
export class PostgresBoxes {
  readonly #opened: Kysely<BoxTables>[] = [];

  private constructor(
    readonly place: FreshPostgres,
    readonly proxy: TcpProxy,
  ) {}

  static async start(): Promise<PostgresBoxes> {
    const place = await freshPostgres();
    const boxes = new PostgresBoxes(place, await TcpProxy.start(Number(new URL(place.url).port)));
    await migrate(boxes.open(), 'boxes', MIGRATIONS);
    return boxes;
  }

  async stop(): Promise<void> {
    await this.proxy.stop();
    await Promise.all(this.#opened.map((database) => database.destroy()));
    await this.place.drop();
  }

  open(options: Partial<PostgresOptions> = {}, url = this.place.url): Kysely<BoxTables> {
    const database = openPostgres<BoxTables>(url, {
      schema: 'tables',
      applicationName: 'a test',
      ...options,
    });
    this.#opened.push(database);
    return database;
  }

  /** Over the wire. */
  openFar(options: Partial<PostgresOptions> = {}): Kysely<BoxTables> {
    const url = new URL(this.place.url);
    url.hostname = '127.0.0.1';
    url.port = String(this.proxy.port);
    return this.open(options, url.href);
  }

  /** What is really there. */
  stored(): Promise<BoxTables['boxes'][]> {
    return this.place.ask('select * from tables.boxes order by id');
  }

  /** Ends every session of `open`, as an operator would. */
  async endSessions(): Promise<void> {
    await this.place.ask(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'a test'",
    );
  }
}

export const put = async (database: Kysely<BoxTables>, box = BOX): Promise<void> => {
  await database.insertInto('boxes').values(box).execute();
};
