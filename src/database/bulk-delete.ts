import { type CompiledQuery, type Kysely, sql } from 'kysely';
import { type AnyDatabase, statementSize, unnested } from './bulk-insert.js';
import { isPostgres } from './dialect.js';
import { columnArray } from './postgres-arrays.js';

/** Deletes the rows of many keys with few statements, each compiled once. A key has a text for each of the columns. */
export class BulkDelete {
  readonly #compiled = new Map<string, CompiledQuery>();

  constructor(private readonly columns: readonly string[]) {}

  async from(database: AnyDatabase, table: string, keys: readonly (readonly string[])[]): Promise<void> {
    if (keys.length === 0) return;
    if (isPostgres(database)) await this.#byColumns(database, table, keys);
    else await this.#byRows(database, table, keys);
  }

  async #byColumns(
    database: AnyDatabase,
    table: string,
    keys: readonly (readonly string[])[],
  ): Promise<void> {
    const statement = this.#statement(`${table}/columns`, () => this.#deleteColumns(database, table));
    const parameters = this.columns.map((_, place) =>
      columnArray(
        'text',
        keys.map((key) => key[place]),
      ),
    );
    await database.executeQuery({ ...statement, parameters });
  }

  async #byRows(database: AnyDatabase, table: string, keys: readonly (readonly string[])[]): Promise<void> {
    for (let from = 0; from < keys.length;) {
      const size = statementSize(keys.length - from);
      const statement = this.#statement(`${table}/${size}`, () => this.#deleteRows(database, table, size));
      await database.executeQuery({ ...statement, parameters: keys.slice(from, from + size).flat() });
      from += size;
    }
  }

  #deleteColumns(database: AnyDatabase, table: string): CompiledQuery {
    const keys = unnested(this.columns.map(() => 'text'));
    const own = sql.join(this.columns.map((column) => sql.ref(`stale.${column}`)));
    const given = sql.join(this.columns.map((column) => sql.ref(column)));
    return sql`delete from ${sql.table(table)} as stale using ${keys} as key (${given}) where (${own}) = (${sql.join(
      this.columns.map((column) => sql.ref(`key.${column}`)),
    )})`.compile(database);
  }

  #deleteRows(database: AnyDatabase, table: string, size: number): CompiledQuery {
    const key = Object.fromEntries(this.columns.map((column) => [column, '']));
    return (database as Kysely<Record<string, Record<string, string>>>)
      .deleteFrom(table)
      .where(({ and, or }) => or(Array.from({ length: size }, () => and(key))))
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
