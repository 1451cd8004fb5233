import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { Config } from '../../config.js';
import { migrate } from '../../database/migrate.js';
import { databaseIn, openDatabaseAt } from '../../database/open-database.js';
import { CONSUMER_MIGRATIONS, type ConsumerTables } from './consumer-tables.js';

const PLACE = { file: 'consumers.db', schema: 'habeas_consumers' };
const CONNECTIONS = 3;

/** Where the consumers stand. Several processes may have it open; an entry that one has handed out, the others do not. */
@Injectable()
export class ConsumerDatabase {
  readonly tables: Kysely<ConsumerTables>;

  constructor(config: Config) {
    this.tables = openDatabaseAt<ConsumerTables>(databaseIn(config, PLACE), {
      applicationName: 'habeas consumers',
      poolSize: CONNECTIONS,
    });
  }

  open(): Promise<void> {
    return migrate(this.tables, 'consumers', CONSUMER_MIGRATIONS);
  }

  close(): Promise<void> {
    return this.tables.destroy();
  }
}
