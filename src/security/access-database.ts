import { mkdirSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { Config, StartRefused } from '../config.js';
import { migrate } from '../database/migrate.js';
import { databaseIn, openDatabaseAt } from '../database/open-database.js';
import { ACCESS_MIGRATIONS, type AccessTables } from './access-tables.js';
import { KeyDigest } from './key-digest.js';
import { Labels } from './labels.js';

const PLACE = { file: 'access.db', schema: 'habeas_access' };
/** One is held for as long as a key is looked up: a fraction of a millisecond of each request. */
const CONNECTIONS = 3;

/** Who may come in. Several processes may have it open; what one has changed, the others see at once. */
@Injectable()
export class AccessDatabase {
  readonly tables: Kysely<AccessTables>;

  constructor(
    config: Config,
    private readonly keyDigest: KeyDigest,
    private readonly labels: Labels,
  ) {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    this.tables = openDatabaseAt<AccessTables>(databaseIn(config, PLACE), {
      applicationName: 'habeas access',
      poolSize: CONNECTIONS,
    });
  }

  /** Makes the tables, and refuses data that belongs to other keys: no API key of it could ever be recognised. */
  async open(): Promise<void> {
    await migrate(this.tables, 'access', ACCESS_MIGRATIONS);
    const { check } = this.keyDigest;
    await this.tables
      .insertInto('pepperCheck')
      .values({ id: 1, digest: check })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { digest } = await this.tables.selectFrom('pepperCheck').select('digest').executeTakeFirstOrThrow();
    if (!check.equals(digest)) {
      throw new StartRefused([
        'HABEAS_DATA: these are not the keys that the data was made with; is the key store (keys.db) missing?',
      ]);
    }
    await this.#sealLabels();
  }

  /** Those of before there were seals. */
  async #sealLabels(): Promise<void> {
    const open = await this.tables
      .selectFrom('principal')
      .select(['principalId', 'label'])
      .where('sealedLabel', 'is', null)
      .execute();
    for (const { principalId, label } of open) {
      await this.tables
        .updateTable('principal')
        .set({ label: '', sealedLabel: this.labels.seal(principalId, label) })
        .where('principalId', '=', principalId)
        .where('sealedLabel', 'is', null)
        .execute();
    }
  }

  close(): Promise<void> {
    return this.tables.destroy();
  }
}
