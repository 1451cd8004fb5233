import { setTimeout } from 'node:timers/promises';
import type { FieldError } from '../errors.js';

/** The service said no: its problem document. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors: readonly FieldError[],
    /** What the service says to wait before the next attempt. */
    readonly retryAfterMs?: number,
  ) {
    super(detail);
  }
}

export interface ApiAnswer<T> {
  body: T;
  headers: Headers;
}

/** How far something is that takes longer; `total` is null while it is not known. */
interface Progress {
  done: number;
  total: number | null;
}

interface Sent {
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** What the service cannot do at the moment, or may have done already, is asked for again this often. */
const MOST_ATTEMPTS = 8;
const LONGEST_WAIT_MS = 5_000;

/** The service's API, for one caller. Throws `ApiProblem` for every answer that is not a success. */
export class Api {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async get<T>(path: string): Promise<T> {
    return (await this.#send<T>('GET', path, {})).body;
  }

  async post<T>(path: string, body?: unknown): Promise<T> {
    return (await this.#send<T>('POST', path, { body })).body;
  }

  async delete(path: string): Promise<void> {
    await this.#send('DELETE', path, {});
  }

  /** The bytes of an answer that may take longer than a request: asked for again, where the service says, while it answers 202. */
  async awaited(path: string, underWay: (progress: Progress) => void): Promise<Uint8Array> {
    for (let place = path; ;) {
      const response = await this.#fetch('GET', place, {});
      if (!response.ok) throw problemIn(response, jsonIn(await response.text()));
      if (response.status !== 202) return response.bytes();
      underWay((await response.json()) as Progress);
      place = response.headers.get('location') ?? place;
      await setTimeout(waitSaidIn(response) ?? LONGEST_WAIT_MS);
    }
  }

  /** Again and again while the service is not able, which the key makes safe; and when its limit says so. */
  async command<T>(path: string, body: unknown, idempotencyKey: string): Promise<ApiAnswer<T>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#send<T>('POST', path, { body, headers: { 'idempotency-key': idempotencyKey } });
      } catch (error) {
        if (attempt === MOST_ATTEMPTS || !(error instanceof ApiProblem)) throw error;
        await setTimeout(waitBefore(attempt, error));
      }
    }
  }

  async #send<T>(method: string, path: string, sent: Sent): Promise<ApiAnswer<T>> {
    const response = await this.#fetch(method, path, sent);
    const json = jsonIn(await response.text());
    if (!response.ok) throw problemIn(response, json);
    return { body: json as T, headers: response.headers };
  }

  #fetch(method: string, path: string, { body, headers }: Sent): Promise<Response> {
    return fetch(new URL(path, this.url), {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}

/** Throws what would be the same the next time. */
function waitBefore(attempt: number, problem: ApiProblem): number {
  if (problem.status === 429) return problem.retryAfterMs ?? LONGEST_WAIT_MS;
  if (problem.status === 503) return Math.min(100 * 2 ** attempt, LONGEST_WAIT_MS);
  throw problem;
}

const jsonIn = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));

/** `Retry-After`, in milliseconds. */
function waitSaidIn({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function problemIn(response: Response, json: unknown): ApiProblem {
  const { status } = response;
  const { code, detail, errors } = (json ?? {}) as { code?: string; detail?: string; errors?: FieldError[] };
  return new ApiProblem(
    status,
    code ?? 'unknown',
    detail ?? `the service answered ${status}`,
    errors ?? [],
    waitSaidIn(response),
  );
}
