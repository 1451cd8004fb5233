import { connect, type Socket } from 'node:net';

/** A byte each, so that no connection ever looks idle. */
const DRIP_EVERY_MS = 500;

const BEGINNINGS = {
  headers: 'GET /v1/cases HTTP/1.1\r\nHost: x\r\nX-Slow: ',
  body: (key: string): string =>
    `POST /v1/cases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"`,
};

/** Clients that begin requests and hardly go on with them; whoever is cut off begins anew. */
export class SlowClients {
  readonly #sockets = new Set<Socket>();
  readonly #drip: NodeJS.Timeout;
  #over = false;
  /** How often the service has had enough of one. */
  cutOff = 0;

  /** So many of each kind. */
  constructor(
    private readonly url: string,
    count: number,
    key: string,
  ) {
    for (let i = 0; i < count; i += 1) {
      this.#begin(BEGINNINGS.headers);
      this.#begin(BEGINNINGS.body(key));
    }
    this.#drip = setInterval(() => {
      for (const socket of this.#sockets) if (socket.writable) socket.write('x');
    }, DRIP_EVERY_MS);
  }

  get connected(): number {
    return [...this.#sockets].filter((socket) => !socket.connecting && socket.writable).length;
  }

  stop(): void {
    this.#over = true;
    clearInterval(this.#drip);
    for (const socket of this.#sockets) socket.destroy();
  }

  #begin(text: string): void {
    const { hostname, port } = new URL(this.url);
    const socket = connect(Number(port), hostname, () => socket.write(text));
    this.#sockets.add(socket);
    socket.resume();
    // Whatever ends the connection, it closes.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (this.#over) return;
      this.cutOff += 1;
      this.#begin(text);
    });
  }
}
