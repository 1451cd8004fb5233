import { Injectable } from '@nestjs/common';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { Clock } from '../../clock.js';
import { ServiceEnd } from '../../http/service-end.js';
import { AccessDatabase } from '../access-database.js';
import { KeyDigest } from '../key-digest.js';
import { openCounter } from './counter.js';
import { networkOf } from './network.js';

const FORGOTTEN_AFTER_SECONDS = 5 * 60;
/** A key pasted badly is no attack. */
const FREE = 3;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;
/** What is held costs memory and a connection. */
const MOST_HELD = 1_000;

/** Of the refusal after so many failures within a few minutes. */
export const delayAfter = (failures: number): number =>
  failures <= FREE ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - FREE - 1));

/**
 * Makes guessing slow: the refusal of a bad credential comes later with every failure, for the key that it claims to be and for
 * the network it comes from. It is only ever a refusal that is held back: nobody can keep the owner of a good key out, nor make
 * him wait, by trying bad ones.
 */
@Injectable()
export class FailedCredentials {
  readonly #counter: RateLimiterAbstract;
  #held = 0;

  constructor(
    { tables }: AccessDatabase,
    private readonly keyDigest: KeyDigest,
    private readonly clock: Clock,
    private readonly serviceEnd: ServiceEnd,
  ) {
    this.#counter = openCounter(tables, {
      name: 'failures',
      most: Number.MAX_SAFE_INTEGER,
      seconds: FORGOTTEN_AFTER_SECONDS,
    });
  }

  /**
   * Counts a failure and resolves when it may be told. `keyId`: of a key there is; any other could fill the store with counts.
   * No address: the caller has gone already.
   */
  async hold(address: string | undefined, keyId: string | undefined): Promise<void> {
    const claimed = keyId === undefined ? 0 : await this.#count(`key ${keyId}`);
    const delay = delayAfter(Math.max(claimed, await this.#count(`from ${networkOf(address ?? 'nowhere')}`)));
    if (delay === 0 || this.#held >= MOST_HELD) return;
    this.#held += 1;
    try {
      await this.clock.wait(delay, this.serviceEnd.signal);
    } finally {
      this.#held -= 1;
    }
  }

  /** Under a digest: who has failed from where is nobody's to read. */
  async #count(what: string): Promise<number> {
    const { consumedPoints } = await this.#counter.penalty(
      this.keyDigest.of(`failed credential ${what}`).toString('base64url'),
    );
    return consumedPoints;
  }
}
