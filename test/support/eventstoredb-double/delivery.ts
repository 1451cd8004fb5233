import { injectedError, type LeaderEndpoint } from './call-errors.js';
import type { Disturbance } from './disturbance.js';
import type { ReadFault } from './faults.js';
import type { LogRecord } from './log-record.js';
import type { Outlet } from './outlet.js';

/** How many records go out before anything else is looked at. */
const RUN = 64;

/** Brings records to a client, spoilt as the faults say. */
export class Delivery {
  readonly runLength: number;
  #left: number;

  constructor(
    private readonly outlet: Outlet,
    private readonly fault: ReadFault | undefined,
    private readonly disturbance: Disturbance | undefined,
    private readonly leader: LeaderEndpoint,
  ) {
    this.runLength = disturbance?.window ?? RUN;
    this.#left = fault ? (fault.after ?? 0) : Infinity;
  }

  /** False: the call is over. */
  async begin(): Promise<boolean> {
    return this.#left > 0 || this.#break();
  }

  async deliver(run: readonly LogRecord[]): Promise<boolean> {
    for (const record of this.disturbance?.apply(run) ?? run) {
      if (!this.outlet.send(record.frame)) await this.outlet.room();
      if (this.outlet.ended) return false;
      this.#left -= 1;
      if (this.#left === 0) return this.#break();
    }
    return true;
  }

  async #break(): Promise<false> {
    const answer = this.fault?.answer;
    if (answer === 'never') await this.outlet.until(() => false);
    else if (answer === 'end') this.outlet.finish();
    else if (answer) this.outlet.fail(injectedError(answer, this.leader));
    return false;
  }
}
