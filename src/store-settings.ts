import {
  readConnectionString,
  unsafeIn,
  type ConnectionString,
} from './event-store/eventstoredb/connection-string.js';
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

export function readDatabaseUrl(setting: Settings): string | undefined {
  const text = setting.secret('DATABASE_URL');
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol) || url.pathname.length < 2) {
    setting.fault('DATABASE_URL', 'is not of the form postgres://user:password@host:5432/database');
  }
  return text;
}
