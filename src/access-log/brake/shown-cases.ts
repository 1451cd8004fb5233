import { type Kysely, sql, type Transaction } from 'kysely';
import { listed } from '../../database/dialect.js';
import { exclusively } from '../../database/exclusively.js';
import type { BrakeTables } from './brake-tables.js';

export interface Showing {
  /** YYYY-MM-DD. */
  day: string;
  principalId: string;
  caseIds: readonly string[];
}

/** Which cases were shown to whom on a day, for all processes together. What a call has answered is on disk. */
export class ShownCases {
  constructor(
    private readonly tables: Kysely<BrakeTables>,
    private readonly mostADay: number,
  ) {}

  /** Counts the cases, if the principal's day holds all of them; else none of them, and false. One after the other, in one transaction. */
  count(showings: readonly Showing[]): Promise<boolean[]> {
    return exclusively(this.tables, 'shown cases', async (tables) => {
      const counted: boolean[] = [];
      for (const showing of showings) counted.push(await this.#one(tables, showing));
      return counted;
    });
  }

  /** Forgets what was shown before a day. */
  async forget(before: string): Promise<void> {
    await this.tables.deleteFrom('shownCase').where('day', '<', before).execute();
  }

  async #one(tables: Transaction<BrakeTables>, showing: Showing): Promise<boolean> {
    const { day, principalId } = showing;
    const unseen = await unseenOf(tables, showing);
    if (unseen.length === 0) return true;
    const { seen } = await tables
      .selectFrom('shownCase')
      .select((query) => query.fn.countAll<number>().as('seen'))
      .where('day', '=', day)
      .where('principalId', '=', principalId)
      .executeTakeFirstOrThrow();
    if (Number(seen) + unseen.length > this.mostADay) return false;
    await sql`
      with given (case_id) as (${listed(tables, unseen)})
      insert into "shownCase" ("day", "principalId", "caseId")
      select ${day}, ${principalId}, case_id from given`.execute(tables);
    return true;
  }
}

async function unseenOf(
  tables: Transaction<BrakeTables>,
  { day, principalId, caseIds }: Showing,
): Promise<string[]> {
  const { rows } = await sql<{ case_id: string }>`
    with given (case_id) as (${listed(tables, caseIds)})
    select case_id from given where not exists (
      select 1 from "shownCase" where "day" = ${day} and "principalId" = ${principalId} and "caseId" = case_id
    )`.execute(tables);
  return rows.map(({ case_id }) => case_id);
}
