import type { CompiledQuery, Kysely } from 'kysely';

/** A connection or a transaction, whatever its tables. */
export type AnyDatabase = Pick<Kysely<unknown>, 'executeQuery' | 'isTransaction'>;

/** A statement of this many rows costs little more than one of a single row. SQLite takes 32,766 values in one. */
const LARGEST_STATEMENT = 64;

/**
 * Inserts rows many at a time, with statements that are compiled once: the query builder takes longer over a statement
 * than SQLite takes to run it.
 */
export class BulkInsert<Row extends object> {
  readonly #compiled = new Map<string, CompiledQuery>();

  constructor(private readonly columns: readonly (keyof Row & string)[]) {}

  async into(database: AnyDatabase, table: string, rows: readonly Row[]): Promise<void> {
    for (let from = 0; from < rows.length;) {
      const size = statementSize(rows.length - from);
      const parameters: unknown[] = [];
      for (const row of rows.slice(from, from + size)) {
        for (const column of this.columns) parameters.push(row[column]);
      }
      await database.executeQuery({ ...this.#statement(database, table, size), parameters });
      from += size;
    }
  }

  #statement(database: AnyDatabase, table: string, size: number): CompiledQuery {
    const key = `${table}/${size}`;
    const known = this.#compiled.get(key);
    if (known) return known;
    const row = Object.fromEntries(this.columns.map((column) => [column, '']));
    const compiled = (database as Kysely<Record<string, Record<string, string>>>)
      .insertInto(table)
      .values(Array.from({ length: size }, () => row))
      .compile();
    this.#compiled.set(key, compiled);
    return compiled;
  }
}

/** How many of those left go into the next statement: powers of two, so that a few statements do for any number. */
export function statementSize(left: number): number {
  let size = LARGEST_STATEMENT;
  while (size > left) size /= 2;
  return size;
}
