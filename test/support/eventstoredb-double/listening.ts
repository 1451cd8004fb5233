import { once } from 'node:events';
import { createServer, type AddressInfo, type Server as Listener, type Socket } from 'node:net';
import type { Server, ServerCredentials } from '@grpc/grpc-js';

export const HOST = '127.0.0.1';

/** The port of a server, and its connections: held here so that they can be cut as those of a killed process are. */
export class Listening {
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly listener: Listener,
  ) {}

  /** Port 0: a free one. */
  static async begin(server: Server, port: number, credentials: ServerCredentials): Promise<Listening> {
    const { injectConnection } = server.createConnectionInjector(credentials);
    const listener = createServer({ noDelay: true });
    const listening = new Listening(server, listener);
    listener.on('connection', (socket: Socket) => {
      listening.#sockets.add(socket);
      socket.on('close', () => listening.#sockets.delete(socket));
      socket.on('error', () => undefined);
      injectConnection(socket);
    });
    listener.listen(port, HOST);
    await once(listener, 'listening');
    return listening;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  async end(): Promise<void> {
    const closed = once(this.listener, 'close');
    this.listener.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.server.forceShutdown();
  }
}
