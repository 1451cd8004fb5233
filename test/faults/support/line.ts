import { connectionTo } from '../../support/connection-to.js';
import {
  EventStoreDBEventStore,
  type EventStoreDBOptions,
} from '../../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import type { DoubleData } from '../../support/eventstoredb-double/double-data.js';
import { EventStoreDouble } from '../../support/eventstoredb-double/eventstore-double.js';
import { TcpProxy } from '../../support/tcp-proxy.js';

/** A node of the event store and the one way to it, which fails as it is told. Lines to the same data lead to one store. */
export class Line {
  private constructor(
    readonly node: EventStoreDouble,
    readonly proxy: TcpProxy,
  ) {}

  static async start(data?: DoubleData): Promise<Line> {
    const node = await EventStoreDouble.start({ data });
    return new Line(node, await TcpProxy.start(node.port));
  }

  /** For `EVENTSTORE_URL`. */
  get url(): string {
    return `esdb://127.0.0.1:${this.proxy.port}?tls=false`;
  }

  openStore(options?: EventStoreDBOptions): EventStoreDBEventStore {
    return openStore(this.url, options);
  }

  /** Past the proxy. */
  openStoreNearby(): EventStoreDBEventStore {
    return openStore(this.node.connectionString);
  }

  async stop(): Promise<void> {
    await this.proxy.stop();
    await this.node.stop();
  }
}

function openStore(url: string, options?: EventStoreDBOptions): EventStoreDBEventStore {
  const to = connectionTo(url);
  return new EventStoreDBEventStore(to, options);
}
