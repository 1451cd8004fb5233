import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';

/** Whatever tells which kind of database it is: a connection or a transaction, whatever its tables. */
export type SomeDatabase = Pick<Kysely<unknown>, 'getExecutor'>;

export const isPostgres = (database: SomeDatabase): boolean =>
  database.getExecutor().adapter instanceof PostgresAdapter;

/**
 * The type of a text column. SQLite compares text byte by byte; PostgreSQL does it by the language that the database was
 * made for, unless a column says otherwise, and positions, terms and instants are compared here as JavaScript does.
 */
export const textType = (database: SomeDatabase): 'text' | RawBuilder<string> =>
  isPostgres(database) ? sql`text collate "C"` : 'text';

export const bytesType = (database: SomeDatabase): 'bytea' | 'blob' =>
  isPostgres(database) ? 'bytea' : 'blob';

/** For the end of a `create table`: what only SQLite knows. */
export const onSqlite = (database: SomeDatabase, option: RawBuilder<unknown>): RawBuilder<unknown> =>
  isPostgres(database) ? sql`` : option;

/** The values as rows of one column, handed over as one parameter: there may be more of them than a statement takes. */
export const listed = (database: SomeDatabase, values: readonly string[]): RawBuilder<unknown> =>
  isPostgres(database)
    ? sql`select json_array_elements_text(${JSON.stringify(values)}::json)`
    : sql`select value from json_each(${JSON.stringify(values)})`;
