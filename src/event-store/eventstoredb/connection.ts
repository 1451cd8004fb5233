import { BACKWARDS, END, EventStoreDBClient } from '@eventstore/db-client';
import { StoreUnavailable } from '../errors.js';
import type { ConnectionString, Credentials } from './connection-string.js';
import { readFailure } from './failure.js';
import { withOwnConnection } from './own-connection.js';
import { PATIENCE, type Patience } from './patience.js';
import { within } from './within.js';

/** For the calls still open to be cut off; what is left then ends with its connection. */
const FAREWELL_MS = 2_000;

/** Without TLS the client sends no credentials, whatever they are. */
const UNUSED: Credentials = { username: 'unused', password: 'unused' };

/**
 * The client, made anew when it has become useless. Before anything is sent by it, the server has to answer: what fails until
 * then has certainly reached nobody.
 */
export class Connection {
  /**
   * Given with each append: the client then makes a call of its own for it. Without, it first asks for the server's features,
   * with no limit of time, and keeps whatever comes of that; then it sends all appends down one stream, and shares the list of
   * those that wait between all clients of the process: one that fails rejects the others' appends, and an answer that comes
   * after that ends the process.
   */
  readonly credentials: Credentials;
  #current: Promise<EventStoreDBClient> | undefined;
  readonly #silent = new WeakSet<EventStoreDBClient>();
  #closed = false;

  constructor(
    private readonly to: ConnectionString,
    readonly patience: Patience = PATIENCE,
  ) {
    this.credentials = to.credentials ?? UNUSED;
  }

  /** A client that has spoken with the server. Rejects with StoreUnavailable; nothing has been sent then. */
  async client(): Promise<EventStoreDBClient> {
    if (this.#closed) throw new StoreUnavailable('the event store has been closed');
    const coming = (this.#current ??= this.#connect());
    const client = await coming.catch((error: unknown) => {
      this.#replace(coming);
      throw error;
    });
    if (!this.#silent.has(client)) return client;
    this.#replace(coming);
    return this.client();
  }

  /** This client has become silent: the next call gets another one. What is in flight in it is cut off. */
  renew(silent: EventStoreDBClient): void {
    if (this.#silent.has(silent)) return;
    this.#silent.add(silent);
    void farewell(silent);
  }

  /** What this client has not ended by now, is cut off, and looks as if it had ended in good order. */
  hasGivenUp(client: EventStoreDBClient): boolean {
    return this.#closed || this.#silent.has(client);
  }

  /** The client would otherwise connect again at the next call, and keep the process from ending. */
  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#current?.catch(() => undefined);
    this.#current = undefined;
    if (client) await farewell(client);
  }

  #replace(useless: Promise<EventStoreDBClient>): void {
    if (this.#current === useless) this.#current = undefined;
  }

  async #connect(): Promise<EventStoreDBClient> {
    const client = EventStoreDBClient.connectionString(withOwnConnection(this.to.text));
    try {
      await within(this.patience.greeting, greet(client));
      return client;
    } catch (error) {
      void farewell(client);
      throw readFailure(error);
    }
  }
}

/** Shows that the server is there, and that it lets us read. */
async function greet(client: EventStoreDBClient): Promise<void> {
  const read = client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 });
  try {
    // To its end: of a stream that is left before, the client never hears that it is over, and waits for it when it is disposed of.
    for await (const _ of read);
  } finally {
    await read.cancel();
  }
}

/**
 * To dispose of a client ends its calls and leaves its connection open, and there is no public way to close that. Neither may
 * take for ever.
 */
async function farewell(client: EventStoreDBClient): Promise<void> {
  const { getChannel } = client as unknown as { getChannel: () => Promise<{ close: () => void }> };
  await within(FAREWELL_MS, client.dispose()).catch(() => undefined);
  await within(FAREWELL_MS, getChannel()).then(
    (channel) => channel.close(),
    () => undefined,
  );
}
