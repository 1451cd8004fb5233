import { randomUUID } from 'node:crypto';
import {
  EventStoreDBClient,
  jsonEvent,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type EventTypeToEventData,
  type JSONEventType,
} from '@eventstore/db-client';
import { afterEach, beforeEach } from '@jest/globals';
import { EventStoreDouble, type EventStoreDoubleOptions } from './eventstore-double.js';

export interface GivenDouble {
  /** A new one for each test. */
  readonly double: EventStoreDouble;
  readonly client: EventStoreDBClient;
  /** Another client, of this double or of anything else. */
  connect(connectionString?: string): EventStoreDBClient;
}

type TestEvent = EventTypeToEventData<JSONEventType<string, { n: number }>>;

/** Gives each test a double and clients of it, and tidies up behind it. */
export function givenDouble(options: () => EventStoreDoubleOptions = () => ({})): GivenDouble {
  let double: EventStoreDouble;
  let clients: EventStoreDBClient[];
  const connect = (connectionString = double.connectionString): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(connectionString);
    clients.push(client);
    return client;
  };
  beforeEach(async () => {
    double = await EventStoreDouble.start(options());
    clients = [];
    connect();
  });
  afterEach(async () => {
    await double.stop();
    // Not awaited: a client whose batch stream ended without an error waits for it for ever.
    for (const client of clients) void client.dispose();
  });
  return {
    get double() {
      return double;
    },
    get client() {
      return clients[0] as EventStoreDBClient;
    },
    connect,
  };
}

export const newStream = (prefix = 'case-'): string => `${prefix}${randomUUID()}`;

export function newEvents(count: number, type = 'Arrested'): TestEvent[] {
  return Array.from({ length: count }, (_, n) =>
    jsonEvent({ type, data: { n }, metadata: { by: 'a test' } }),
  );
}

export const newEvent = (type?: string): TestEvent => newEvents(1, type)[0] as TestEvent;

/** What a promise is rejected with. */
export function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Whether nothing has come of a promise so far. */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const still = Symbol('pending');
  const turns = async (): Promise<typeof still> => {
    for (let turn = 0; turn < 300; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return still;
  };
  return (await Promise.race([promise.catch(() => undefined), turns()])) === still;
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export interface Listener {
  readonly subscription: AllStreamSubscription;
  readonly received: AllStreamResolvedEvent[];
  /** Rejects with what the subscription fails with. */
  readonly over: Promise<void>;
}

/** Collects what a subscription brings. */
export function listen(subscription: AllStreamSubscription): Listener {
  const received: AllStreamResolvedEvent[] = [];
  const run = async (): Promise<void> => {
    for await (const event of subscription) received.push(event);
  };
  const over = run();
  over.catch(() => undefined);
  return { subscription, received, over };
}

export const idsOf = (events: readonly { event?: { id: string } | undefined }[]): (string | undefined)[] =>
  events.map(({ event }) => event?.id);
