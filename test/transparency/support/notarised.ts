import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from '@jest/globals';
import type { Kysely } from 'kysely';
import { v7 } from 'uuid';
import { migrate } from '../../../src/database/migrate.js';
import type { EventStore } from '../../../src/event-store/event-store.js';
import { SqliteEventStore } from '../../../src/event-store/sqlite/sqlite-event-store.js';
import type { Ledger } from '../../../src/ledger/ledger.js';
import type { EventToRecord } from '../../../src/ledger/recorded-event.js';
import { LOG_MIGRATIONS, type LogTables } from '../../../src/transparency/log/log-tables.js';
import { CheckpointMemory } from '../../../src/transparency/notary/checkpoint-memory.js';
import { Notary, type NotaryNews } from '../../../src/transparency/notary/notary.js';
import { noteKey } from '../../../src/transparency/note/note-keys.js';
import { eventually } from '../../support/eventually.js';
import { DataKeysInMemory } from '../../support/data-keys.js';
import type { FreshDatabase } from '../../support/databases.js';
import { fact } from '../../support/derived.js';
import { FixedClock } from '../../support/fixed-clock.js';
import { Halving, ledgerOn } from '../../support/ledgers.js';

const ORIGIN = 'habeas.example/log';

/** A store with sealed events, and a notary that follows it. */
export class Notarised {
  readonly keys: KeyPairKeyObjectResult = generateKeyPairSync('ed25519');
  readonly key = noteKey(ORIGIN, this.keys.publicKey);
  readonly signer = { key: this.key, privateKey: this.keys.privateKey };
  readonly memory: CheckpointMemory;
  readonly news: NotaryNews[] = [];
  readonly clock = new FixedClock();
  readonly #halving = new Halving();
  readonly #revisions = new Map<string, number>();
  readonly #dataKeys = new DataKeysInMemory();
  #ledger: Ledger;
  #stop: (() => Promise<void>) | undefined;

  private constructor(
    readonly folder: string,
    private readonly place: FreshDatabase,
    readonly database: Kysely<LogTables>,
    public store: EventStore,
  ) {
    this.memory = new CheckpointMemory(join(folder, 'last-checkpoint'));
    this.#ledger = ledgerOn(store, this.#dataKeys);
  }

  /** `store`: another one than a file of its own. */
  static async on(place: FreshDatabase, store?: EventStore): Promise<Notarised> {
    const database = place.open<LogTables>();
    await migrate(database, 'tlog', LOG_MIGRATIONS);
    const folder = mkdtempSync(join(tmpdir(), 'habeas-notary-'));
    return new Notarised(folder, place, database, store ?? new SqliteEventStore({ folder }));
  }

  get size(): number {
    return [...this.#revisions.values()].reduce((sum, revision) => sum + revision + 1, 0);
  }

  /** So many events of a case; of a new one if none is named. */
  async record(count = 1, stream = `case-${v7()}`): Promise<string> {
    for (let n = 0; n < count; n += 1)
      await this.append(stream, this.#halving.of(fact('NoteAdded', { text: `note ${n}` }), v7()));
    return stream;
  }

  /** Cases that are worked on at the same time: so many events of each, in turns. Gives their streams. */
  async recordCases(cases: number, each: number): Promise<string[]> {
    const streams = Array.from({ length: cases }, () => `case-${v7()}`);
    for (let n = 0; n < each; n += 1) await Promise.all(streams.map((stream) => this.record(1, stream)));
    return streams;
  }

  async append(stream: string, event: EventToRecord): Promise<void> {
    const revision = this.#revisions.get(stream) ?? -1;
    const envelope = {
      recordedAt: this.clock.now().toISOString(),
      recordedBy: v7(),
      correlationId: v7(),
      causationId: v7(),
    };
    await this.#ledger.append(stream, [event], envelope, revision < 0 ? 'no_stream' : revision);
    this.#revisions.set(stream, revision + 1);
  }

  start(signer = this.signer): void {
    const { store, database, memory } = this;
    const end = new AbortController();
    const tell = (news: NotaryNews): void => void this.news.push(news);
    const notary = new Notary({ store, database, signer, memory, clock: this.clock, tell });
    const ended = notary.run(end.signal);
    this.#stop = () => {
      end.abort();
      return ended;
    };
  }

  async stop(): Promise<void> {
    await this.#stop?.();
    this.#stop = undefined;
  }

  /** Resolves when all that was recorded is under a checkpoint. */
  covered(): Promise<void> {
    return eventually(() => expect(this.news).toContainEqual({ kind: 'signed', size: this.size }), 20_000);
  }

  /** Resolves with why it has refused. */
  refusal(): Promise<string> {
    return eventually(() => {
      const refused = this.news.find((news) => news.kind === 'refused');
      if (!refused) throw new Error(`it has not refused: ${JSON.stringify(this.news)}`);
      const { fault, message } = refused.refusal;
      return `${message}${fault ? ` (leaf ${fault.leaf})` : ''}`;
    }, 20_000);
  }

  /** Changes the store by SQL, while nobody has it open. */
  async alter(change: (events: DatabaseSync) => void): Promise<void> {
    await this.store.close();
    const file = new DatabaseSync(join(this.folder, 'events.db'));
    try {
      change(file);
    } finally {
      file.close();
    }
    this.store = new SqliteEventStore({ folder: this.folder });
    this.#ledger = ledgerOn(this.store, this.#dataKeys);
  }

  async remove(): Promise<void> {
    await this.stop();
    await this.store.close();
    await this.place.remove();
    rmSync(this.folder, { recursive: true });
  }
}
