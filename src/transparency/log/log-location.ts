import { databaseIn, type DatabaseLocation } from '../../database/open-database.js';

/** Where the tables of the log are. */
export const logIn = (config: { dataDir: string; databaseUrl: string | undefined }): DatabaseLocation =>
  databaseIn(config, { file: 'notary.db', schema: 'habeas_notary' });
