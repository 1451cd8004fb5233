import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** From the client, or from the server. */
export type Direction = 'requests' | 'replies';

interface Trigger {
  left: number;
  happened: () => void;
}

/** One connection through the proxy. */
interface Link {
  client: Socket;
  server: Socket;
  /** Something was swallowed there: what comes after it would make no sense to the other side. */
  spoilt: Set<Direction>;
}

/** What was done so far, in connections: where there was none, nothing was. */
interface Damage {
  /** Closed while they were open. */
  cut: number;
  /** In which something was swallowed. */
  spoilt: number;
}

const BOTH: readonly Direction[] = ['requests', 'replies'];

/** Stands before any port of this machine and fails as networks do. It passes bytes on and knows nothing of what they mean. */
export class TcpProxy {
  readonly #links = new Set<Link>();
  readonly #held = new Set<Direction>();
  readonly #swallowed = new Set<Direction>();
  readonly #triggers = new Map<Direction, Trigger>();
  readonly #damage: Damage = { cut: 0, spoilt: 0 };
  #refusing = false;
  #accepted = 0;

  private constructor(
    private readonly listener: Server,
    private readonly targetPort: number,
  ) {
    listener.on('connection', (client: Socket) => this.#accept(client));
  }

  static async start(targetPort: number): Promise<TcpProxy> {
    const listener = createServer({ allowHalfOpen: true, noDelay: true });
    const proxy = new TcpProxy(listener, targetPort);
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#links.size;
  }

  /** Connections since the start. */
  get accepted(): number {
    return this.#accepted;
  }

  get damage(): Readonly<Damage> {
    return { ...this.#damage };
  }

  /** Bytes that are held back now, as far as they have been taken from the sender. */
  waiting(direction: Direction): number {
    let bytes = 0;
    for (const link of this.#links) bytes += this.#source(link, direction).readableLength;
    return bytes;
  }

  /** Closes every connection on both sides; new ones are taken. */
  cut(): void {
    this.#damage.cut += this.#links.size;
    for (const { client, server } of this.#links) {
      client.destroy();
      server.destroy();
    }
    this.#links.clear();
  }

  /** Closes every connection, and each new one at once, until `heal`. */
  refuse(): void {
    this.#refusing = true;
    this.cut();
  }

  /** Lets so many more bytes through in one direction, and cuts before the next one. Resolves then. Once only. */
  cutAt(direction: Direction, afterBytes = 0): Promise<void> {
    return new Promise((happened) => this.#triggers.set(direction, { left: afterBytes, happened }));
  }

  /** Nothing passes, and nothing is lost: it waits for `heal`. */
  hold(...directions: readonly Direction[]): void {
    for (const direction of directions.length > 0 ? directions : BOTH) this.#held.add(direction);
    for (const link of this.#links) this.#applyHold(link);
  }

  /** Half open: bytes disappear, and nobody is told. Connections that lost something never recover. */
  swallow(...directions: readonly Direction[]): void {
    for (const direction of directions.length > 0 ? directions : BOTH) this.#swallowed.add(direction);
  }

  /** Nothing passes for a while. */
  async stall(ms: number): Promise<void> {
    this.hold();
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.heal();
  }

  /** Everything passes again. */
  heal(): void {
    this.#refusing = false;
    this.#held.clear();
    this.#swallowed.clear();
    this.#triggers.clear();
    for (const link of this.#links) this.#applyHold(link);
  }

  async stop(): Promise<void> {
    this.refuse();
    this.listener.close();
    await once(this.listener, 'close');
  }

  #accept(client: Socket): void {
    this.#accepted += 1;
    if (this.#refusing) return void client.destroy();
    const server = connect({ port: this.targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const link: Link = { client, server, spoilt: new Set() };
    this.#links.add(link);
    this.#join(link, 'requests', client, server);
    this.#join(link, 'replies', server, client);
    this.#applyHold(link);
  }

  #join(link: Link, direction: Direction, from: Socket, to: Socket): void {
    from.on('data', (chunk) => this.#pass(link, direction, chunk, to));
    from.on('end', () => to.end());
    // The close that follows says all that matters here.
    from.on('error', () => undefined);
    from.on('close', (failed) => {
      this.#links.delete(link);
      if (failed) to.destroy();
      else to.end();
    });
    to.on('drain', () => this.#held.has(direction) || from.resume());
  }

  #pass(link: Link, direction: Direction, chunk: Buffer, to: Socket): void {
    if (this.#swallowed.has(direction)) this.#spoil(link, direction);
    if (link.spoilt.has(direction)) return;
    const trigger = this.#triggers.get(direction);
    if (trigger && chunk.length > trigger.left) return this.#pull(trigger, direction, chunk, to);
    if (trigger) trigger.left -= chunk.length;
    if (!to.write(chunk)) this.#source(link, direction).pause();
  }

  #spoil({ spoilt }: Link, direction: Direction): void {
    if (spoilt.size === 0) this.#damage.spoilt += 1;
    spoilt.add(direction);
  }

  #pull(trigger: Trigger, direction: Direction, chunk: Buffer, to: Socket): void {
    this.#triggers.delete(direction);
    const cut = (): void => {
      this.cut();
      trigger.happened();
    };
    if (trigger.left === 0) cut();
    else to.write(chunk.subarray(0, trigger.left), cut);
  }

  #applyHold(link: Link): void {
    for (const direction of BOTH) {
      if (this.#held.has(direction)) this.#source(link, direction).pause();
      else this.#source(link, direction).resume();
    }
  }

  #source(link: Link, direction: Direction): Socket {
    return direction === 'requests' ? link.client : link.server;
  }
}
