import { Injectable } from '@nestjs/common';
import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { Config } from '../../config.js';
import { HabeasError } from '../../errors.js';
import { AccessDatabase } from '../access-database.js';
import { openCounter } from './counter.js';

const WINDOW_SECONDS = 60;

/** How many requests a principal may make in a minute, at all processes together. */
@Injectable()
export class RequestRate {
  readonly #counter: RateLimiterAbstract | undefined;

  constructor({ requestsPerMinute }: Config, { tables }: AccessDatabase) {
    if (requestsPerMinute > 0) {
      this.#counter = openCounter(tables, {
        name: 'requests',
        most: requestsPerMinute,
        seconds: WINDOW_SECONDS,
      });
    }
  }

  /** Counts one, or throws `rate-limited` (429) with the time after which the next is taken. */
  async spend(principalId: string): Promise<void> {
    try {
      await this.#counter?.consume(principalId);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw rateLimited(error.msBeforeNext);
      throw error;
    }
  }
}

function rateLimited(ms: number): HabeasError {
  return new HabeasError(
    'too_many',
    'rate-limited',
    'this principal has asked for more than it may in a minute',
    {
      retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)),
    },
  );
}
