import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import { isPostgres } from './dialect.js';
import { columnArray, type ColumnType } from './postgres-arrays.js';

/** A connection or a transaction, whatever its tables. */
export type AnyDatabase = Pick<Kysely<unknown>, 'executeQuery' | 'getExecutor' | 'isTransaction'>;

/** A statement of this many rows costs little more than one of a single row. SQLite takes 32,766 values in one. */
const LARGEST_STATEMENT = 64;
/** PostgreSQL gets a column at a time: few enough for what is on its way to be held, enough that the way does not count. */
const LARGEST_ARRAY = 2048;

/** `text` or `integer`, for every column of the row. */
export type Columns<Row> = { readonly [Column in keyof Row]-?: ColumnTypeOf<NonNullable<Row[Column]>> };

type ColumnTypeOf<Value> = Value extends string ? 'text' : Value extends number ? 'integer' : never;

/**
 * Inserts rows many at a time, with statements that are compiled once: the query builder takes longer over a statement
 * than SQLite takes to run it.
 */
export class BulkInsert<Row extends object> {
  readonly #columns: readonly (readonly [name: keyof Row & string, type: ColumnType])[];
  readonly #compiled = new Map<string, CompiledQuery>();

  constructor(columns: NoInfer<Columns<Row>>) {
    this.#columns = Object.entries(columns) as [keyof Row & string, ColumnType][];
  }

  async into(database: AnyDatabase, table: string, rows: readonly Row[]): Promise<void> {
    if (isPostgres(database)) await this.#byColumns(database, table, rows);
    else await this.#byRows(database, table, rows);
  }

  async #byColumns(database: AnyDatabase, table: string, rows: readonly Row[]): Promise<void> {
    for (let from = 0; from < rows.length; from += LARGEST_ARRAY) {
      const some = rows.slice(from, from + LARGEST_ARRAY);
      const parameters = this.#columns.map(([name, type]) =>
        columnArray(
          type,
          some.map((row) => row[name]),
        ),
      );
      const statement = this.#statement(`${table}/columns`, () =>
        insertColumns(table, this.#columns).compile(database),
      );
      await database.executeQuery({ ...statement, parameters });
    }
  }

  async #byRows(database: AnyDatabase, table: string, rows: readonly Row[]): Promise<void> {
    for (let from = 0; from < rows.length;) {
      const size = statementSize(rows.length - from);
      const parameters: unknown[] = [];
      for (const row of rows.slice(from, from + size)) {
        for (const [name] of this.#columns) parameters.push(row[name]);
      }
      const statement = this.#statement(`${table}/${size}`, () => this.#insertRows(database, table, size));
      await database.executeQuery({ ...statement, parameters });
      from += size;
    }
  }

  #insertRows(database: AnyDatabase, table: string, size: number): CompiledQuery {
    const row = Object.fromEntries(this.#columns.map(([name]) => [name, '']));
    return (database as Kysely<Record<string, Record<string, string>>>)
      .insertInto(table)
      .values(Array.from({ length: size }, () => row))
      .compile();
  }

  #statement(key: string, compile: () => CompiledQuery): CompiledQuery {
    const known = this.#compiled.get(key);
    if (known) return known;
    const compiled = compile();
    this.#compiled.set(key, compiled);
    return compiled;
  }
}

function insertColumns(
  table: string,
  columns: readonly (readonly [name: string, type: ColumnType])[],
): RawBuilder<unknown> {
  const names = columns.map(([name]) => sql.ref(name));
  return sql`insert into ${sql.table(table)} (${sql.join(names)}) select * from ${unnested(columns.map(([, type]) => type))}`;
}

/** As many columns as types, each from an array; their values are given when the statement is run. */
export const unnested = (types: readonly ColumnType[]): RawBuilder<unknown> =>
  sql`unnest(${sql.join(types.map((type) => sql`${null}::${sql.raw(type)}[]`))})`;

/** How many of those left go into the next statement: powers of two, so that a few statements do for any number. */
export function statementSize(left: number): number {
  let size = LARGEST_STATEMENT;
  while (size > left) size /= 2;
  return size;
}
