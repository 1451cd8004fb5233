import type { Settlement } from '../consumers/settling.js';
import { askedFor, MOST_TRIES, pauseAfter } from './back-off.js';
import type { Seen } from './outbox.js';
import type { Answer } from './sender.js';

/** What comes of a try: for the message, and for what is known of its receiver. */
export interface TryOutcome {
  kind: 'delivered' | 'failed' | 'parked' | 'gone';
  settlement: Settlement;
  seen: Seen;
}

const GONE = 410;

/** Any answer but a 2xx is a failure, also one that points elsewhere. `tries`: with this one. */
export function outcomeOf(answer: Answer, tries: number, now: Date, chance: number): TryOutcome {
  if (answer.status !== undefined && answer.status >= 200 && answer.status < 300) {
    const seen = { failure: null, delivered_at: now.toISOString() };
    return { kind: 'delivered', settlement: { kind: 'ack' }, seen };
  }
  const failure = answer.status === undefined ? answer.code : `status-${answer.status}`;
  if (answer.status === GONE) {
    const seen = { failure, gone_at: now.toISOString() };
    return { kind: 'gone', settlement: { kind: 'retry', notBefore: null }, seen };
  }
  if (tries >= MOST_TRIES)
    return { kind: 'parked', settlement: { kind: 'park', code: failure }, seen: { failure } };
  const asked = answer.status === undefined ? 0 : askedFor(answer.retryAfter, now);
  const notBefore = new Date(now.getTime() + pauseAfter(tries, chance, asked)).toISOString();
  return { kind: 'failed', settlement: { kind: 'retry', notBefore }, seen: { failure } };
}
