import type { CompiledQuery, Kysely } from 'kysely';
import { type AnyDatabase, statementSize } from './bulk-insert.js';

/** Deletes the rows of many keys with few statements, each compiled once. A key has a value for each of the columns. */
export class BulkDelete {
  readonly #compiled = new Map<string, CompiledQuery>();

  constructor(private readonly columns: readonly string[]) {}

  async from(database: AnyDatabase, table: string, keys: readonly (readonly string[])[]): Promise<void> {
    for (let from = 0; from < keys.length;) {
      const size = statementSize(keys.length - from);
      await database.executeQuery({
        ...this.#statement(database, table, size),
        parameters: keys.slice(from, from + size).flat(),
      });
      from += size;
    }
  }

  #statement(database: AnyDatabase, table: string, size: number): CompiledQuery {
    const cacheKey = `${table}/${size}`;
    const known = this.#compiled.get(cacheKey);
    if (known) return known;
    const key = Object.fromEntries(this.columns.map((column) => [column, '']));
    const compiled = (database as Kysely<Record<string, Record<string, string>>>)
      .deleteFrom(table)
      .where(({ and, or }) => or(Array.from({ length: size }, () => and(key))))
      .compile();
    this.#compiled.set(cacheKey, compiled);
    return compiled;
  }
}
