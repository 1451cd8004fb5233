import type { Kysely } from 'kysely';
import type { StoreFault } from '../store/store-fault.js';
import type { LogTables } from './log-tables.js';

/** What the notary has last found of one kind. */
export type Finding = LogTables['tlogFinding'];

/** As a row: `reason` in words, and the event if it is one. */
export const findingOf = (
  looked: Pick<Finding, 'kind' | 'foundAt' | 'log' | 'size'>,
  reason: string | undefined,
  fault: StoreFault | undefined,
): Finding => ({
  ...looked,
  fault: reason ?? null,
  leaf: fault?.leaf ?? null,
  stream: fault?.event?.stream ?? null,
  revision: fault?.event?.revision ?? null,
});

export const allFindings = (database: Kysely<LogTables>): Promise<Finding[]> =>
  database.selectFrom('tlogFinding').selectAll().orderBy('kind').execute();

/** In place of what was found before. */
export async function keepFinding(database: Kysely<LogTables>, finding: Finding): Promise<void> {
  await database
    .insertInto('tlogFinding')
    .values(finding)
    .onConflict((conflict) => conflict.column('kind').doUpdateSet(finding))
    .execute();
}
