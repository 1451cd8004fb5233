import type { CompiledQuery, Kysely, Transaction } from 'kysely';
import { exclusively } from '../database/exclusively.js';
import { migrate } from '../database/migrate.js';
import { databaseIn, openDatabaseAt, type DatabaseLocation } from '../database/open-database.js';
import { KEY_MIGRATIONS, type KeyTables } from './key-tables.js';
import type { MasterKeys } from './master-keys.js';

const PLACE = { file: 'keys.db', schema: 'habeas_keys' };
const CONNECTIONS = 3;
/** Several processes wrap and change the master key one after the other. */
const WRITING = 'keys';
const ROWS_AT_A_TIME = 500;

export type FoundKey = { keyId: string; version: number; bytes: Buffer } | 'destroyed';

/** Where the wrapped keys are; in a cluster in a schema, and under a role, of their own. */
export const keysIn = (config: {
  dataDir: string;
  databaseUrl: string | undefined;
  keysDatabaseUrl: string | undefined;
}): DatabaseLocation =>
  databaseIn({ dataDir: config.dataDir, databaseUrl: config.keysDatabaseUrl ?? config.databaseUrl }, PLACE);

/** Keys, each wrapped by a master key. What a call has answered is on disk; what is destroyed is gone for every process at once. */
export class KeyStore {
  readonly tables: Kysely<KeyTables>;

  constructor(
    location: DatabaseLocation,
    readonly masters: MasterKeys,
  ) {
    this.tables = openDatabaseAt<KeyTables>(location, {
      applicationName: 'habeas keys',
      durability: 'secret',
      poolSize: CONNECTIONS,
    });
  }

  /** Makes the tables. False: they belong to a master key that is not here. */
  async open(): Promise<boolean> {
    await migrate(this.tables, 'keys', KEY_MIGRATIONS);
    await this.tables
      .insertInto('presentMaster')
      .values({ id: 1, masterId: this.masters.present.id })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return this.masters.has(await this.#presentMaster(this.tables));
  }

  /** Keeps what is not there yet. */
  async add(keys: readonly { keyId: string; bytes: Uint8Array }[]): Promise<void> {
    await this.change(async (tables) => {
      const master = this.masters.withId(await this.#presentMaster(tables));
      for (let from = 0; from < keys.length; from += ROWS_AT_A_TIME) {
        const rows = keys.slice(from, from + ROWS_AT_A_TIME).map(({ keyId, bytes }) => ({
          keyId,
          version: 1,
          masterId: master.id,
          wrapped: master.wrap(keyId, bytes),
          destroyedAt: null,
        }));
        await tables
          .insertInto('wrappedKey')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    });
  }

  /** As they are now. One that was never there, or was lost, is missing in the answer. Throws `key-damaged`, `master-key-missing`. */
  async find(keyIds: readonly string[]): Promise<Map<string, FoundKey>> {
    const found = new Map<string, FoundKey>();
    for (let from = 0; from < keyIds.length; from += ROWS_AT_A_TIME) {
      const rows = await this.tables.executeQuery(this.#byIds(keyIds.slice(from, from + ROWS_AT_A_TIME)));
      for (const { keyId, version, masterId, wrapped } of rows.rows) {
        const bytes = wrapped && this.masters.withId(masterId).unwrap(keyId, wrapped);
        found.set(keyId, bytes ? { keyId, version, bytes } : 'destroyed');
      }
    }
    return found;
  }

  /** For good, whether they were there or not. The instant is RFC 3339. */
  async destroy(keyIds: readonly string[], at: string): Promise<void> {
    if (keyIds.length === 0) return;
    const each = [...new Set(keyIds)];
    await this.change(async (tables) => {
      const masterId = await this.#presentMaster(tables);
      for (let from = 0; from < each.length; from += ROWS_AT_A_TIME) {
        const rows = each
          .slice(from, from + ROWS_AT_A_TIME)
          .map((keyId) => ({ keyId, version: 1, masterId, wrapped: null, destroyedAt: at }));
        await tables
          .insertInto('wrappedKey')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .column('keyId')
              .doUpdateSet({ wrapped: null, destroyedAt: at })
              .where('wrappedKey.wrapped', 'is not', null),
          )
          .execute();
      }
    });
  }

  /** All or nothing, and nobody else writes meanwhile, in whatever process. */
  change<R>(work: (tables: Transaction<KeyTables>) => Promise<R>): Promise<R> {
    return exclusively(this.tables, WRITING, work);
  }

  close(): Promise<void> {
    return this.tables.destroy();
  }

  #byIds(keyIds: readonly string[]): CompiledQuery<KeyTables['wrappedKey']> {
    return this.tables.selectFrom('wrappedKey').selectAll().where('keyId', 'in', keyIds).compile();
  }

  async #presentMaster(tables: Kysely<KeyTables>): Promise<string> {
    const { masterId } = await tables
      .selectFrom('presentMaster')
      .select('masterId')
      .executeTakeFirstOrThrow();
    return masterId;
  }
}
