import { setTimeout as pause } from 'node:timers/promises';
import { median, percentile, type Figure } from '../harness/figure.js';
import { type HttpClient } from '../harness/http-client.js';

const ASK_EVERY_MS = 50;

/** Somebody who goes on asking for cases while something else is going on. */
export class AnswersMeanwhile {
  readonly #times: number[] = [];
  readonly #caseworker: HttpClient;
  readonly #caseIds: readonly string[];
  #asked = 0;

  constructor(caseworker: HttpClient, caseIds: readonly string[]) {
    this.#caseworker = caseworker;
    this.#caseIds = caseIds;
  }

  /** `when`: what was going on. */
  figures(when: string): Figure[] {
    return [
      {
        what: `questions answered ${when}`,
        unit: '%',
        product: [(100 * this.#times.length) / this.#asked],
        target: { atLeast: 100 },
      },
      { what: 'median of those answers', unit: 'ms', product: [median(this.#times)] },
      { what: '99th percentile of those answers', unit: 'ms', product: [percentile(this.#times, 0.99)] },
    ];
  }

  async askWhile(isGoingOn: () => Promise<boolean>): Promise<void> {
    while (await isGoingOn()) {
      const caseId = this.#caseIds[Math.floor(Math.random() * this.#caseIds.length)] ?? '';
      this.#asked++;
      const { status, ms } = await this.#caseworker.get(`/v1/cases/${caseId}?asOf=2020-02-07`);
      if (status === 200) this.#times.push(ms);
      await pause(ASK_EVERY_MS);
    }
  }

  end(): void {
    this.#caseworker.close();
  }
}
