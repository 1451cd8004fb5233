/** How a try ended: an answer of the receiver, or why there is none. */
export type Answer =
  { status: number; retryAfter: string | null } | { status: undefined; code: 'timed-out' | 'not-reached' };

/** Makes one try. `signal`: it is not wanted any more. */
export abstract class Sender {
  abstract send(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<Answer>;
}

/** For the receiver to answer; the specification of Standard Webhooks has 15 to 30 seconds. */
const TRY_MS = 15_000;

/** Over HTTP, without following where an answer points to. What the receiver says beyond its status is not read. */
export class HttpSender extends Sender {
  readonly #tryMs: number;

  constructor(tryMs = TRY_MS) {
    super();
    this.#tryMs = tryMs;
  }

  override async send(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    const patience = AbortSignal.timeout(this.#tryMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/json', 'user-agent': 'habeas', ...headers },
        body,
        signal: AbortSignal.any([patience, signal]),
      });
      // Not read to its end, which may never come.
      await response.body?.cancel().catch(() => undefined);
      return { status: response.status, retryAfter: response.headers.get('retry-after') };
    } catch {
      return { status: undefined, code: patience.aborted ? 'timed-out' : 'not-reached' };
    }
  }
}
