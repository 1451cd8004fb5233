import { Sender, type Answer } from '../../src/reports/webhooks/sender.js';
import type { ToldEvent } from '../../src/reports/webhooks/delivery.js';

/** A delivery as it arrived. */
export interface Arrival {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  events: ToldEvent[];
}

type Reaction = (arrival: Arrival, signal: AbortSignal) => Answer | Promise<Answer>;

export const status = (code: number, retryAfter: string | null = null): Answer => ({
  status: code,
  retryAfter,
});

/** What stands at the other end of webhooks, without a network between. It takes everything until it is told otherwise. */
export class Receiver extends Sender {
  readonly arrivals: Arrival[] = [];
  react: Reaction = () => status(204);

  override async send(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    const { data } = JSON.parse(body) as { data: { events: ToldEvent[] } };
    const arrival = { url, headers, body, events: data.events };
    this.arrivals.push(arrival);
    return this.react(arrival, signal);
  }

  get eventIds(): string[] {
    return this.arrivals.flatMap(({ events }) => events.map(({ eventId }) => eventId));
  }

  get messageIds(): string[] {
    return this.arrivals.map(({ headers }) => headers['webhook-id'] ?? '');
  }
}

/** An answer that never comes; as a connection would, it ends when it is called off. */
export const silence = (_: Arrival, signal: AbortSignal): Promise<Answer> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ status: undefined, code: 'not-reached' }));
  });
