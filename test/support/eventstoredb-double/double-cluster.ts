import { DoubleData } from './double-data.js';
import { EventStoreDouble } from './eventstore-double.js';
import type { Member } from './gossip.js';

/** Doubles that share one log. One of them is the leader; the others say so to who insists on it, and serve everybody else. */
export class DoubleCluster {
  #leader: EventStoreDouble;

  private constructor(readonly nodes: readonly EventStoreDouble[]) {
    this.#leader = nodes[0] as EventStoreDouble;
    for (const node of nodes) node.join(this);
  }

  static async start(size = 3): Promise<DoubleCluster> {
    const data = new DoubleData();
    return new DoubleCluster(
      await Promise.all(Array.from({ length: size }, () => EventStoreDouble.start({ data }))),
    );
  }

  get leader(): EventStoreDouble {
    return this.#leader;
  }

  /** Asks the first node who is there. */
  get connectionString(): string {
    return `esdb+discover://127.0.0.1:${this.nodes[0]?.port}?tls=false`;
  }

  /** Calls that are open go on. */
  elect(leader: EventStoreDouble): void {
    this.#leader = leader;
  }

  members(): Member[] {
    return this.nodes.map((node) => node.member);
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }
}
