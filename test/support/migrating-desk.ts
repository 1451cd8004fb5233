import { openEventStore } from '../../src/event-store-location.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { connectionTo } from './connection-to.js';
import { recordCases } from './cases-in-a-store.js';
import { aDesk, type Desk } from './desk.js';
import type { EventStoreDouble } from './eventstoredb-double/eventstore-double.js';

export const MIGRATE = ['migrate-store', '--from', 'sqlite', '--to', 'eventstoredb'];
/** Nothing is taken from the environment of the tests. */
export const UNSET = { EVENTSTORE_URL: undefined, EVENTSTORE_URL_FILE: undefined, DATABASE_URL: undefined };

/** A desk whose embedded store holds cases. */
export async function aDeskWith(events: number, cases: number): Promise<{ desk: Desk; caseIds: string[] }> {
  const desk = await aDesk(UNSET);
  const store = embeddedIn(desk, 'write');
  const caseIds = await recordCases(store, { events, cases });
  await store.close();
  return { desk, caseIds };
}

/** The same desk, with these settings and no other ones of stores. */
export function at(desk: Desk, settings: Record<string, string | undefined>): Desk['run'] {
  Object.assign(desk.terminal.env, UNSET, settings);
  return desk.run;
}

export const embeddedIn = ({ dataDir }: Desk, access: 'read' | 'write' = 'read'): EventStore =>
  openEventStore({ kind: 'sqlite', folder: dataDir }, { access });

export function storeOn(double: EventStoreDouble): EventStore {
  const to = connectionTo(double.connectionString);
  return openEventStore({ kind: 'eventstoredb', to });
}
