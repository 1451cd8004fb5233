import { Agent, request, type IncomingHttpHeaders } from 'node:http';

export interface Answer<T = unknown> {
  status: number;
  body: T;
  headers: IncomingHttpHeaders;
  /** From sending the request to the last byte of its answer. */
  ms: number;
}

/** One caller with a connection that is kept open. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #url: string;
  readonly #key: string | undefined;

  constructor(url: string, key?: string) {
    this.#url = url;
    this.#key = key;
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.#send('GET', path, undefined);
  }

  /** Throws unless it is answered with a success. */
  async post<T>(path: string, body: unknown): Promise<T> {
    const answer = await this.#send<T>('POST', path, JSON.stringify(body));
    if (answer.status >= 300)
      throw new Error(`${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  close(): void {
    this.#agent.destroy();
  }

  #send<T>(method: string, path: string, body: string | undefined): Promise<Answer<T>> {
    const headers = {
      ...(this.#key !== undefined && { authorization: `Bearer ${this.#key}` }),
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      }),
    };
    return new Promise((resolve, reject) => {
      const began = performance.now();
      const sent = request(this.#url + path, { method, headers, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const ms = performance.now() - began;
          const text = Buffer.concat(chunks).toString();
          const { statusCode: status = 0, headers } = response;
          resolve({ status, body: (text ? JSON.parse(text) : undefined) as T, headers, ms });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
