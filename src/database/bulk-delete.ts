import type { CompiledQuery, Kysely } from 'kysely';
import { type AnyDatabase, statementSize } from './bulk-insert.js';

/** Deletes the rows of many keys with few statements, each compiled once. */
export class BulkDelete {
  readonly #compiled = new Map<string, CompiledQuery>();

  constructor(private readonly column: string) {}

  async from(database: AnyDatabase, table: string, keys: readonly string[]): Promise<void> {
    for (let from = 0; from < keys.length;) {
      const size = statementSize(keys.length - from);
      await database.executeQuery({
        ...this.#statement(database, table, size),
        parameters: keys.slice(from, from + size),
      });
      from += size;
    }
  }

  #statement(database: AnyDatabase, table: string, size: number): CompiledQuery {
    const key = `${table}/${size}`;
    const known = this.#compiled.get(key);
    if (known) return known;
    const compiled = (database as Kysely<Record<string, Record<string, string>>>)
      .deleteFrom(table)
      .where(
        this.column,
        'in',
        Array.from({ length: size }, () => ''),
      )
      .compile();
    this.#compiled.set(key, compiled);
    return compiled;
  }
}
