import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { Config, StartRefused } from '../config.js';
import { openDatabase } from '../database/sqlite.js';
import { createAccessTables, type AccessTables } from './access-tables.js';
import { KeyDigest } from './key-digest.js';

/** `access.db`: who may come in. Several processes may have it open. */
@Injectable()
export class AccessDatabase {
  readonly tables: Kysely<AccessTables>;

  constructor(
    { dataDir }: Config,
    private readonly keyDigest: KeyDigest,
  ) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    this.tables = openDatabase<AccessTables>(join(dataDir, 'access.db'));
  }

  /** Makes the tables, and refuses data that belongs to another master key: no API key of it could ever be recognised. */
  async open(): Promise<void> {
    await createAccessTables(this.tables);
    const { check } = this.keyDigest;
    await this.tables
      .insertInto('pepperCheck')
      .values({ id: 1, digest: check })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { digest } = await this.tables.selectFrom('pepperCheck').select('digest').executeTakeFirstOrThrow();
    if (!check.equals(digest)) {
      throw new StartRefused([
        'HABEAS_MASTER_KEY_FILE: this is not the master key that the data was made with',
      ]);
    }
  }

  close(): Promise<void> {
    return this.tables.destroy();
  }
}
