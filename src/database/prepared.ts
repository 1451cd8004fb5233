import type { CompiledQuery } from 'kysely';

const MARK = '/* prepared */ ';
const names = new Map<string, string>();

/**
 * Has PostgreSQL parse and plan this query once for each connection instead of each time. For the few that are asked all the
 * time and whose plan does not depend on the values. SQLite keeps every statement prepared anyway.
 */
export const prepared = <Row>(query: CompiledQuery<Row>): CompiledQuery<Row> => ({
  ...query,
  sql: MARK + query.sql,
});

/** The name that a query marked so goes by on every connection; undefined for all others. */
export function preparedName(text: string): string | undefined {
  if (!text.startsWith(MARK)) return undefined;
  let name = names.get(text);
  if (name === undefined) {
    name = `habeas_${names.size + 1}`;
    names.set(text, name);
  }
  return name;
}
