import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What stands sealed in an event of the store. */
export interface Box {
  box: string;
  fields: string[];
  key: string;
  v: number;
}

/** The stores of an embedded service, past the service, for whoever means harm. */
export class StoredBoxes {
  readonly #events: DatabaseSync;
  readonly #keys: DatabaseSync;

  constructor(dataDir: string) {
    this.#events = new DatabaseSync(join(dataDir, 'events.db'));
    this.#keys = new DatabaseSync(join(dataDir, 'keys.db'));
  }

  of(eventId: string): Box {
    return this.#payload(eventId).sealed;
  }

  /** Puts something else in its place; the rest of the event stays. */
  replace(eventId: string, by: Partial<Box>): void {
    const payload = this.#payload(eventId);
    const sealed = { ...payload.sealed, ...by };
    this.#events
      .prepare('update events set payload = ? where event_id = ?')
      .run(JSON.stringify({ ...payload, sealed }), eventId);
  }

  loseKey(keyId: string): void {
    this.#keys.prepare('delete from "wrappedKey" where "keyId" = ?').run(keyId);
  }

  wrapped(keyId: string): Uint8Array {
    const row = this.#keys.prepare('select wrapped from "wrappedKey" where "keyId" = ?').get(keyId);
    return row!['wrapped'] as Uint8Array;
  }

  wrapAs(keyId: string, wrapped: Uint8Array): void {
    this.#keys.prepare('update "wrappedKey" set wrapped = ? where "keyId" = ?').run(wrapped, keyId);
  }

  close(): void {
    this.#events.close();
    this.#keys.close();
  }

  #payload(eventId: string): { sealed: Box } {
    const row = this.#events.prepare('select payload from events where event_id = ?').get(eventId);
    return JSON.parse(String(row?.['payload'])) as { sealed: Box };
  }
}
