import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { eventStoreContract } from './event-store.contract.js';

eventStoreContract('SQLite', { knowsAllIds: true }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-store-'));
  const open: SqliteEventStore[] = [];
  return {
    async open() {
      const store = new SqliteEventStore({ folder });
      open.push(store);
      return store;
    },
    async dispose() {
      for (const store of open) await store.close();
      await rm(folder, { recursive: true });
    },
  };
});
