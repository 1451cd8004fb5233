import type { EventStore, Position } from '../event-store/event-store.js';
import type { LedgerReader } from '../ledger/ledger-reader.js';
import type { RecordedEvent } from '../ledger/recorded-event.js';
import { registerOf, type Register } from './domain/register.js';
import { REGISTER_STREAMS, registerFactOf } from './register-stream.js';

/** Of which moment: what stood at both. */
export interface BookMoment {
  /** RFC 3339: what was recorded by then. The answer never changes for an instant that lies some seconds back. */
  knownAt?: string;
  /** What stands in the store up to there. */
  position?: Position;
}

/** What is in the store of the register's streams, and how far it was looked through for them. Plain data. */
export interface ReadSoFar {
  events: readonly RecordedEvent[];
  through: Position | undefined;
}

/**
 * Campaigns, estimates and recommendations as they stand or stood: read from their streams, which are few and short, and kept in
 * memory; each question reads what has come since. Closed: no key is needed, and nothing sealed comes out.
 */
export class RegisterBook {
  #read: ReadSoFar;
  /** Ends with the read that is under way. */
  #underWay: Promise<unknown> = Promise.resolve();
  /** Has not begun: shared by all who asked since the last one did. */
  #next: Promise<ReadSoFar> | undefined;

  /** `read`: what another book of the same store has read already, for one that cannot look through all of it. */
  constructor(
    private readonly store: Pick<EventStore, 'head' | 'readAll'>,
    private readonly ledger: Pick<LedgerReader, 'open'>,
    read: ReadSoFar = { events: [], through: undefined },
  ) {
    this.#read = read;
  }

  /** All that is in force, as plain data. What was recorded before this was asked is in it. */
  async load({ knownAt, position }: BookMoment = {}): Promise<Register> {
    const until = knownAt === undefined ? Infinity : Date.parse(knownAt);
    const events = (await this.events()).filter(
      (event) =>
        Date.parse(event.recordedAt) <= until && (position === undefined || event.position <= position),
    );
    return registerOf(events.map(registerFactOf));
  }

  /** Everything recorded in these streams until now, closed, in the order of the store. */
  async events(): Promise<readonly RecordedEvent[]> {
    return (await this.soFar()).events;
  }

  /** The same, to be handed on. One read at a time; whoever asks meanwhile shares the next, which begins after they asked. */
  soFar(): Promise<ReadSoFar> {
    if (this.#next) return this.#next;
    const next = this.#underWay.then(() => {
      this.#next = undefined;
      return this.#readOn();
    });
    this.#next = next;
    this.#underWay = next.catch(() => undefined);
    return next;
  }

  async #readOn(): Promise<ReadSoFar> {
    const before = this.#read;
    // Asked first: whatever stands up to it is then read, and need not be looked through again.
    let through = await this.store.head();
    const later: RecordedEvent[] = [];
    for await (const batch of this.store.readAll(before.through, { prefixes: REGISTER_STREAMS })) {
      later.push(...batch.map((event) => this.ledger.open(event)));
    }
    const last = later.at(-1);
    if (last && (through === undefined || last.position > through)) through = last.position;
    this.#read = { events: later.length > 0 ? [...before.events, ...later] : before.events, through };
    return this.#read;
  }
}
