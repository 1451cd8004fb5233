import { CompiledQuery, type Kysely } from 'kysely';
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { isPostgres } from '../../database/dialect.js';
import { prepared } from '../../database/prepared.js';
import type { AccessTables } from '../access-tables.js';

interface CounterOptions {
  /** What is counted; two counters of one name count together. */
  name: string;
  most: number;
  /** A count is forgotten so long after it began. */
  seconds: number;
}

/**
 * Counts what happens for a key within a time. On PostgreSQL all processes count together. While that cannot be asked, each
 * counts for itself: a limit that locked everybody out with it would do what it is there to prevent.
 */
export function openCounter(
  database: Kysely<AccessTables>,
  { name, most, seconds }: CounterOptions,
): RateLimiterAbstract {
  const options = { keyPrefix: name, points: most, duration: seconds };
  const own = new RateLimiterMemory(options);
  if (!isPostgres(database)) return own;
  return new RateLimiterPostgres({
    ...options,
    insuranceLimiter: own,
    storeClient: clientOf(database),
    storeType: 'client',
    tableName: 'counter',
    tableCreated: true,
    // Who is over the limit costs no query until his time is up.
    inMemoryBlockOnConsumed: most,
  });
}

interface CounterQuery {
  text: string;
  values: unknown[];
}

/** The connections of the access database, as the library asks for them. */
const clientOf = (database: Kysely<AccessTables>) => ({
  query: async ({ text, values }: CounterQuery): Promise<{ rows: unknown[]; rowCount: number }> => {
    const { rows, numAffectedRows } = await database.executeQuery(
      prepared(CompiledQuery.raw(text.trim(), values)),
    );
    return { rows, rowCount: Number(numAffectedRows ?? rows.length) };
  },
});
