import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { bytesType, textType } from '../../database/dialect.js';

export interface IssuedTables {
  /** Who was behind the published cells of an issued report. Can be made again from the events: see `EarlierCells`. */
  issued_cells: {
    issue_id: string;
    /** Packed: see `packedCells`. */
    cells: Uint8Array;
  };
}

export const ISSUED_MIGRATIONS: Record<string, Migration> = {
  '001-issued': {
    async up(database: Kysely<IssuedTables>) {
      await database.schema
        .createTable('issued_cells')
        .addColumn('issue_id', textType(database), (column) => column.primaryKey())
        .addColumn('cells', bytesType(database), (column) => column.notNull())
        .execute();
    },
  },
};
