import { checkAppend } from '../append-check.js';
import { StoreUnavailable } from '../errors.js';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  StoredEvent,
  StreamFilter,
  Subscription,
} from '../event-store.js';
import { KnownGaps } from '../known-gaps.js';
import { Acknowledged } from './acknowledged.js';
import { AppendQueue } from './append-queue.js';
import { Append } from './append.js';
import { CommitSignal } from './commit-signal.js';
import type { Access, Durability } from './connection.js';
import type { EventReader } from './event-reader.js';
import { makeStoreFile, storeFile } from './folder.js';
import type { GroupOutcome, Work } from './group-commit.js';
import { LiveSubscription } from './live-subscription.js';
import { BEFORE_ALL, toPosition, toRow } from './position.js';
import { reopen } from './reopening.js';
import { openSession, type Session, type SessionOptions } from './session.js';
import { told, walk } from './walk.js';

export interface SqliteStoreOptions {
  /** The data folder; the store is `events.db` in it, made if it is not there and `access` is `write`. */
  folder: string;
  access?: Access;
  durability?: Durability;
  walPages?: number;
}

const BATCH = 500;

/**
 * The embedded store: one file, one connection, one process that serves. Others (a worker, the command line) may open the
 * same folder beside it, to read or to write; they find each other's events and conflicts, at the price of waiting in turn.
 * Reading and writing are synchronous underneath: a flush to disk holds up this thread's event loop while it lasts.
 */
export class SqliteEventStore implements EventStore {
  private readonly file: string;
  private readonly options: SessionOptions;
  private session: Session;
  private readonly queue: AppendQueue;
  private readonly acknowledged = new Acknowledged();
  private readonly commits = new CommitSignal(() => this.session.reader.dataVersion());
  private readonly live = new Set<Subscription>();
  private readonly gaps = new KnownGaps<number>();
  private readonly reader = (): EventReader => this.session.reader;

  /** Opens the store, or throws: StoreUnavailable if it cannot be had with full durability, StoreFull. */
  constructor({ folder, access = 'write', durability = 'full', walPages = 1_000 }: SqliteStoreOptions) {
    this.file = access === 'write' ? makeStoreFile(folder) : storeFile(folder);
    this.options = { access, durability, walPages };
    this.session = openSession(this.file, this.options);
    this.queue = new AppendQueue({
      commit: (group) => this.commit(group),
      tidy: () => this.tidy(),
      reopen: (inDoubt) => this.reopen(inDoubt),
    });
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      checkAppend(stream, events, expected);
      this.queue.add(new Append({ stream, events, expected }, this.acknowledged, { resolve, reject }));
    });
  }

  async read(stream: string, fromRevision = 0): Promise<StoredEvent[]> {
    return told(() => this.session.reader.stream(stream, fromRevision));
  }

  async *readAll(
    after: Position | undefined,
    filter?: StreamFilter,
    batchSize = BATCH,
  ): AsyncGenerator<readonly StoredEvent[]> {
    const upTo = told(() => this.session.reader.head());
    const from = after === undefined && !filter ? BEFORE_ALL : toRow(after);
    yield* walk(this.reader, { after: from, upTo, filter, batchSize, gaps: this.gaps });
  }

  subscribe(after: Position | undefined, filter?: StreamFilter): Subscription {
    return new LiveSubscription(this.reader, this.commits, toRow(after), {
      filter,
      batchSize: BATCH,
      live: this.live,
      gaps: this.gaps,
    });
  }

  async head(): Promise<Position | undefined> {
    const row = told(() => this.session.reader.head());
    return row === 0 ? undefined : toPosition(row);
  }

  /** Writes a proof to disk, in the same flush as the appends that happen to wait. */
  async checkWritable(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.add({
        run: (writer) => writer.prove(),
        settle: resolve,
        isStored: () => false,
        reject,
      });
    });
  }

  async close(): Promise<void> {
    await this.queue.close();
    for (const subscription of this.live) subscription.stop();
    if (this.session.db.isOpen) this.session.db.close();
  }

  private commit(group: readonly Work[]): GroupOutcome {
    const { writing } = this.session;
    if (writing) return writing.group.run(group);
    return { kind: 'refused', error: new StoreUnavailable('this event store was opened for reading only') };
  }

  private tidy(): void {
    this.commits.announce();
    this.session.writing?.checkpoints.runIfDue();
  }

  private async reopen(inDoubt: readonly Work[]): Promise<ReadonlySet<Work>> {
    const { session, stored } = await reopen(this.file, this.options, this.acknowledged, inDoubt);
    // Until here the old connection has been answering the readers.
    this.session.db.close();
    this.session = session;
    this.commits.connectionReplaced();
    return stored;
  }
}
