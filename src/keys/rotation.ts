import type { Transaction } from 'kysely';
import type { KeyStore } from './key-store.js';
import type { KeyTables } from './key-tables.js';
import type { MasterKey } from './master-key.js';
import { wrappedRows } from './wrapped-rows.js';

const ROWS_AT_A_TIME = 500;

type Show = (done: number, total: number) => void;

/**
 * Wraps every key anew with the next master key, while services go on: they find it beside the one they have. The steps are
 * `begin`, `wrapAnew`, `verify`, and then the file of the next key may take the place of the other. Each may be cut off
 * anywhere and done again, also by another process at the same time.
 */
export class Rotation {
  constructor(
    private readonly store: KeyStore,
    private readonly next: MasterKey,
  ) {}

  /** How many keys there are that were not destroyed. */
  async keys(): Promise<number> {
    const { count } = await this.store.tables
      .selectFrom('wrappedKey')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('wrapped', 'is not', null)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** From now on whatever any process wraps is wrapped with the next key. It must be on disk, on every machine, before this. */
  async begin(): Promise<void> {
    await this.store.change(async (tables) => {
      await tables.updateTable('presentMaster').set({ masterId: this.next.id }).execute();
    });
  }

  /** Throws `key-damaged` for a row that does not open; those before it are done. */
  async wrapAnew(show: Show): Promise<void> {
    const total = await this.keys();
    for (let [done, after]: [number, string | undefined] = [0, '']; after !== undefined;) {
      const from: string = after;
      const ids = await this.store.change((tables) => this.#wrapSome(tables, from));
      done += ids.length;
      after = ids.at(-1);
      show(done, total);
    }
  }

  /** Whether every key is wrapped by the next master key. Throws `key-damaged` for one that does not open with it. */
  async verify(show: Show): Promise<boolean> {
    const total = await this.keys();
    let done = 0;
    for await (const rows of wrappedRows(this.store.tables)) {
      for (const { keyId, masterId, wrapped } of rows) {
        if (masterId !== this.next.id) return false;
        this.next.unwrap(keyId, wrapped);
      }
      show((done += rows.length), total);
    }
    return true;
  }

  /** Gives the ids of what it has wrapped. Rows that are added meanwhile need none of it. */
  async #wrapSome(tables: Transaction<KeyTables>, after: string): Promise<string[]> {
    const rows = await tables
      .selectFrom('wrappedKey')
      .selectAll()
      .where('keyId', '>', after)
      .where('wrapped', 'is not', null)
      .where('masterId', '<>', this.next.id)
      .orderBy('keyId')
      .limit(ROWS_AT_A_TIME)
      .execute();
    if (rows.length === 0) return [];
    const anew = rows.map(({ wrapped, ...row }) => ({
      ...row,
      masterId: this.next.id,
      wrapped:
        wrapped &&
        this.next.wrap(row.keyId, this.store.masters.withId(row.masterId).unwrap(row.keyId, wrapped)),
    }));
    await tables
      .insertInto('wrappedKey')
      .values(anew)
      .onConflict((conflict) =>
        conflict.column('keyId').doUpdateSet(({ ref }) => ({
          masterId: ref('excluded.masterId'),
          wrapped: ref('excluded.wrapped'),
        })),
      )
      .execute();
    return rows.map(({ keyId }) => keyId);
  }
}
