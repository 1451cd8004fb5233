import {
  readConnectionString,
  unsafeIn,
  type ConnectionString,
} from './event-store/eventstoredb/connection-string.js';
import { isThisMachine } from './loopback-address.js';
import type { Settings } from './settings.js';

/** No fault quotes what was set: it holds a password. */
export function readEventStoreUrl(
  setting: Settings,
  { production, debug }: { production: boolean; debug: string | undefined },
): ConnectionString | undefined {
  const text = setting.secret('EVENTSTORE_URL');
  if (text === undefined) return undefined;
  // The client's own debugging prints what it connects with.
  if (debug !== undefined && /(?:^|[\s,])(?:esdb|\*)/.test(debug)) {
    setting.fault('DEBUG', 'would print the password of EVENTSTORE_URL; unset it');
  }
  const read = readConnectionString(text);
  const faults = 'faults' in read ? read.faults : production ? unsafeIn(read) : [];
  for (const fault of faults) setting.fault('EVENTSTORE_URL', fault);
  return 'faults' in read ? undefined : read;
}

export function readDatabaseUrl(
  setting: Settings,
  name: 'DATABASE_URL' | 'HABEAS_KEYS_DATABASE_URL',
  { production }: { production: boolean },
): string | undefined {
  const text = setting.secret(name);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol) || url.pathname.length < 2) {
    setting.fault(name, 'is not of the form postgres://user:password@host:5432/database');
  } else if (production && !isHere(url) && !TLS.has(url.searchParams.getAll('sslmode').at(-1) ?? '')) {
    setting.fault(name, 'sends what is stored over the network in the clear: set sslmode=verify-full');
  }
  return text;
}

/** What the client never does without TLS; without any word of it, it does. */
const TLS: ReadonlySet<string> = new Set(['require', 'verify-ca', 'verify-full']);

/** A host that the URL names beside its place counts, as the client reads it; a path is a socket of this machine. */
function isHere({ searchParams, hostname }: URL): boolean {
  // The one host that is written in percent-encoding is the path of a socket.
  const host = searchParams.getAll('host').at(-1) || hostname.replaceAll(/%2f/gi, '/');
  return host === '' || host === 'localhost' || host.startsWith('/') || isThisMachine(host);
}

/** Whoever administers the database of the read models is not to have the keys with it. */
export function requireKeysApart(
  setting: Settings,
  {
    databaseUrl,
    keysDatabaseUrl,
    needed,
  }: { databaseUrl: string | undefined; keysDatabaseUrl: string | undefined; needed: boolean },
): void {
  const name = 'HABEAS_KEYS_DATABASE_URL';
  if (databaseUrl === undefined) {
    if (keysDatabaseUrl !== undefined)
      setting.fault(name, 'is for keys beside DATABASE_URL, which is not set');
    return;
  }
  if (!needed) return;
  if (keysDatabaseUrl === undefined)
    setting.fault(name, 'is missing: the keys lie under a role of their own');
  else if (userOf(keysDatabaseUrl) === userOf(databaseUrl)) {
    setting.fault(name, 'has the user of DATABASE_URL: the keys lie under a role of their own');
  }
}

const userOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).username : undefined);
