import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A request of which the service has the headers and half of the body. */
export interface SlowRequest {
  /** Sends the rest and gives the answer, headers and all. */
  finish(): Promise<string>;
}

/** Resolves when the service has taken the request on. */
export async function beginRequest(
  url: string,
  path: string,
  key: string,
  body: object,
): Promise<SlowRequest> {
  const { hostname, port } = new URL(url);
  const text = JSON.stringify(body);
  const socket = connect(Number(port), hostname);
  socket.setEncoding('utf8');
  const received = receivedFrom(socket);
  socket.write(
    [
      `POST ${path} HTTP/1.1`,
      `Host: ${hostname}`,
      `Authorization: Bearer ${key}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(text)}`,
      // Has the service say when it has read this far.
      'Expect: 100-continue',
      '\r\n',
    ].join('\r\n'),
  );
  while (!received().includes('100 Continue')) await once(socket, 'data');
  socket.write(text.slice(0, 5));
  const closed = once(socket, 'close');
  return {
    finish: async () => {
      socket.write(text.slice(5));
      await closed;
      return received().replace('HTTP/1.1 100 Continue\r\n\r\n', '');
    },
  };
}

function receivedFrom(socket: Socket): () => string {
  let text = '';
  socket.on('data', (chunk: string) => (text += chunk));
  // A connection that is cut closes as well; what came until then is what counts.
  socket.on('error', () => undefined);
  return () => text;
}

/** Whether anybody listens there. */
export function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
