import { type Kysely, type Transaction } from 'kysely';
import { HabeasError } from '../../errors.js';
import type { Position } from '../../event-store/event-store.js';
import { readModelBehind } from '../../projections/behind.js';
import { TableSet } from '../../projections/read-model.js';
import type { ProjectionTables } from '../../projections/tables.js';
import type { KnownBy } from '../case-history.js';
import type { Day } from '../domain/dates/day.js';
import type { Docket } from '../domain/timeline/docket.js';
import { CASES } from './case-read-model.js';
import type { CaseTables } from './case-tables.js';

const ROWS_A_PAGE = 1_000;
/** A docket is several times as large as a sheet. */
const DOCKETS_A_PAGE = 200;

/** All cases as the read model has them at one moment, for whoever has to go through all of them. */
export class CaseSnapshot {
  private constructor(
    private readonly database: Transaction<CaseTables>,
    private readonly set: TableSet,
    /** Every event up to here is in it. */
    readonly position: Position,
    /** How many those are. */
    readonly events: number,
  ) {}

  /**
   * One build, in one state, however long it takes to read. Throws `read-model-behind` while there is none that is whole, and
   * `cases-unreadable` where cases are missing in it: what is said of all cases would be wrong.
   */
  static take<T>(
    database: Kysely<ProjectionTables>,
    read: (snapshot: CaseSnapshot) => Promise<T>,
  ): Promise<T> {
    return database
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (transaction) => {
        const live = await transaction
          .selectFrom('projection_generations')
          .select(['generation', 'position', 'first_pass_to', 'events'])
          .where('projection', '=', CASES)
          .where('state', '=', 'live')
          .executeTakeFirst();
        if (!live || (live.position ?? '') < (live.first_pass_to ?? ''))
          throw readModelBehind('the read model is being made for the first time');
        const { parked } = await transaction
          .selectFrom('parked')
          .select((query) => query.fn.countAll().as('parked'))
          .where('projection', '=', CASES)
          .where('generation', '=', live.generation)
          .executeTakeFirstOrThrow();
        if (Number(parked) > 0) throw casesUnreadable(Number(parked));
        const { generation, position, events } = live;
        const tables = transaction.withTables<CaseTables>();
        return read(new CaseSnapshot(tables, new TableSet(generation), position ?? '', Number(events)));
      });
  }

  /**
   * The last event that shows in any row. Of each case that a batch meets, everything is read that there is by then, so it may stand behind
   * `position`; the batch that has it makes up for that.
   */
  async furthest(): Promise<Position> {
    const { furthest } = await this.database
      .selectFrom(this.set.named('case_sheets'))
      .select((query) => query.fn.max('position').as('furthest'))
      .executeTakeFirstOrThrow();
    return furthest ?? '';
  }

  async count(): Promise<number> {
    const { cases } = await this.database
      .selectFrom(this.set.named('case_sheets'))
      .select((query) => query.fn.countAll().as('cases'))
      .executeTakeFirstOrThrow();
    return Number(cases);
  }

  /** The sheets that hold on a day, as JSON. */
  async *sheets(day: Day): AsyncGenerator<readonly string[]> {
    let after = '';
    for (;;) {
      const rows = await this.database
        .selectFrom(this.set.named('case_sheets'))
        .select(['position', 'settled_from', 'sheet'])
        .where('position', '>', after)
        .orderBy('position')
        .limit(ROWS_A_PAGE)
        .execute();
      yield rows.flatMap(({ settled_from, sheet }) => (settled_from <= day ? [sheet] : []));
      const last = rows.at(-1);
      if (!last || rows.length < ROWS_A_PAGE) return;
      after = last.position;
    }
  }

  /** The others' dockets: of these something is still to come on that day. */
  async *unsettled(day: Day): AsyncGenerator<readonly Docket[]> {
    const sheets = this.set.named('case_sheets');
    const cases = this.set.named('cases');
    let after = '';
    for (;;) {
      const rows = await this.database
        .selectFrom(sheets)
        .innerJoin(cases, `${cases}.position`, `${sheets}.position`)
        .select([`${sheets}.position`, `${cases}.docket`])
        .where(`${sheets}.position`, '>', after)
        .where(`${sheets}.settled_from`, '>', day)
        .orderBy(`${sheets}.position`)
        .limit(DOCKETS_A_PAGE)
        .execute();
      yield rows.map(({ docket }) => JSON.parse(docket) as Docket);
      const last = rows.at(-1);
      if (!last || rows.length < DOCKETS_A_PAGE) return;
      after = last.position;
    }
  }

  /** Of a case that answers for itself. */
  async docketOf(caseId: string): Promise<Docket | undefined> {
    const row = await this.database
      .selectFrom(this.set.named('cases'))
      .select('docket')
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    return row && (JSON.parse(row.docket) as Docket);
  }

  /** The ids of the cases that had been opened by then, those merged away too, in the order of opening. */
  async openedBy({ knownAt, position }: KnownBy): Promise<string[]> {
    const rows = await this.database
      .selectFrom(this.set.named('case_openings'))
      .select('case_id')
      .$if(knownAt !== undefined, (query) => query.where('recorded_at', '<=', knownAt ?? ''))
      .$if(position !== undefined, (query) => query.where('position', '<=', position ?? ''))
      .orderBy('position')
      .execute();
    return rows.map(({ case_id }) => case_id);
  }
}

export const casesUnreadable = (cases: number): HabeasError =>
  new HabeasError(
    'unavailable',
    'cases-unreadable',
    `${cases} cases cannot be read, and nothing is said of all of them (see /v1/parked)`,
  );
