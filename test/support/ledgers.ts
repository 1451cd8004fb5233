import { eventToRecord } from '../../src/cases/commands/event-to-record.js';
import type { Fact, FactType } from '../../src/cases/domain/facts/facts.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { LedgerReader } from '../../src/ledger/ledger-reader.js';
import type { EventToRecord } from '../../src/ledger/recorded-event.js';
import { Unsealing } from '../../src/ledger/unsealing.js';
import { Upcasting } from '../../src/ledger/upcasting.js';
import { DataKeysInMemory } from './data-keys.js';

/** Writes as the service does, with keys of its own unless others are given. */
export const ledgerOn = (store: EventStore, keys = new DataKeysInMemory()): Ledger =>
  new Ledger(store, new Upcasting([]), keys);

export const readerOn = (store: EventStore): LedgerReader => new LedgerReader(store, new Upcasting([]));

export const unsealingWith = (keys: DataKeysInMemory): Unsealing => new Unsealing(keys, new Upcasting([]));

/** Facts as the service records them, for a test that knows what each correction corrects. */
export class Halving {
  readonly #types = new Map<string, FactType>();

  of(fact: Fact, eventId: string): EventToRecord {
    this.#types.set(eventId, fact.type);
    return eventToRecord(fact, eventId, (id) => this.#types.get(id));
  }
}
