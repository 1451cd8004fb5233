/**
 * What the bench uses of `@event-driven-io/emmett-sqlite`, so that the checks do not need it installed: it is no dependency
 * of the service.
 */
declare module '@event-driven-io/emmett-sqlite' {
  export interface EmmettEvent {
    type: string;
    data: Record<string, unknown>;
    metadata?: Record<string, unknown>;
  }

  export type RecordedEvent = EmmettEvent & { metadata: { streamName: string; globalPosition: bigint } };

  export interface Connection {
    query<Row>(sql: string): Promise<Row[]>;
    close(): void;
  }

  export interface Projection {
    name?: string;
  }

  export interface Consumer {
    processor(options: {
      processorId: string;
      projection: Projection;
      startFrom: 'BEGINNING';
      stopAfter: (event: RecordedEvent) => boolean;
    }): unknown;
    start(): Promise<void>;
    close(): Promise<void>;
  }

  export interface EventStore {
    appendToStream(
      stream: string,
      events: EmmettEvent[],
      options: { expectedStreamVersion: bigint },
    ): Promise<{ lastEventGlobalPosition: bigint }>;
    consumer(options?: { pulling?: { batchSize?: number; pullingFrequencyInMs?: number } }): Consumer;
    schema: { migrate(): Promise<void> };
  }

  export function sqliteConnection(options: { fileName: string }): Connection;

  export function getSQLiteEventStore(options: {
    fileName: string;
    connectionOptions?: { singleton: true; connection: Connection };
  }): EventStore;

  export function sqliteRawSQLProjection(definition: {
    canHandle: readonly string[];
    evolve: (event: RecordedEvent) => string | string[];
    initSQL: string;
  }): Projection;
}

/** And of `@event-driven-io/emmett-postgresql`. */
declare module '@event-driven-io/emmett-postgresql' {
  export interface EmmettEvent {
    type: string;
    data: Record<string, unknown>;
    metadata?: Record<string, unknown>;
  }

  export type RecordedEvent = EmmettEvent & { metadata: { streamName: string; globalPosition: bigint } };

  export interface Projection {
    name?: string;
  }

  export interface Consumer {
    start(): Promise<void>;
    close(): Promise<void>;
  }

  export interface EventStore {
    appendToStream(
      stream: string,
      events: EmmettEvent[],
      options: { expectedStreamVersion: bigint },
    ): Promise<{ lastEventGlobalPosition: bigint }>;
    schema: { migrate(): Promise<unknown> };
    close(): Promise<void>;
  }

  export function getPostgreSQLEventStore(
    connectionString: string,
    options?: { projections?: { type: 'inline'; projection: Projection }[] },
  ): EventStore;

  export function postgreSQLRawSQLProjection(definition: {
    name: string;
    canHandle: readonly string[];
    evolve: (event: RecordedEvent) => string[];
  }): Projection;

  /** Projects all there is, and ends. */
  export function rebuildPostgreSQLProjections(options: {
    connectionString: string;
    pulling?: { batchSize?: number; pullingFrequencyInMs?: number };
    projections: Projection[];
  }): Consumer;
}
