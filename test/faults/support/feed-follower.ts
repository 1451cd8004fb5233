import { setTimeout as pause } from 'node:timers/promises';

const COME_BACK_AFTER_MS = 100;

/** What an entry of the change feed is here. */
interface Entry {
  eventId: string;
  position: string;
}

/** A report job that follows the change feed as an event stream, and comes back after the last entry it has kept when it is cut off. */
export class FeedFollower {
  readonly seen: Entry[] = [];
  /** How often it had to begin. */
  begun = 0;
  readonly #leave = new AbortController();
  readonly #ended: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {
    this.#ended = this.#follow();
  }

  get eventIds(): string[] {
    return this.seen.map(({ eventId }) => eventId);
  }

  /** The position of the last entry; empty before there is one. */
  get position(): string {
    return this.seen.at(-1)?.position ?? '';
  }

  async stop(): Promise<void> {
    this.#leave.abort();
    await this.#ended;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#leave;
    while (!signal.aborted) {
      this.begun += 1;
      try {
        await this.#once(signal);
      } catch {
        // Cut off in the middle: what was not whole is asked for again.
      }
      await pause(COME_BACK_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #once(signal: AbortSignal): Promise<void> {
    const response = await fetch(`${this.url}/v1/events`, {
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${this.key}`,
        'last-event-id': this.position,
      },
      signal,
    });
    if (!response.ok || !response.body) return;
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (data !== undefined) this.seen.push(JSON.parse(data) as Entry);
  }
}
