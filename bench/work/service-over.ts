import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { keysOf } from '../harness/keys.js';
import { dataOf, Service } from '../harness/service.js';
import { writeStore } from './write-store.js';

/** A service that has just been started on a store of so many facts, and begins to project them. */
export async function serviceOver(
  folder: string,
  facts: number,
): Promise<{ service: Service; caseIds: readonly string[] }> {
  const store = new SqliteEventStore({ folder: dataOf(folder) });
  const { keys, close } = await keysOf(folder);
  const caseIds = await writeStore(store, facts, keys);
  await store.close();
  await close();
  return { service: await Service.start(folder), caseIds };
}
