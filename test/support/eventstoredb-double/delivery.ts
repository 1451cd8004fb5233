import { injectedError, type LeaderEndpoint } from './call-errors.js';
import type { Disorder } from './disturbance.js';
import type { ReadFault } from './faults.js';
import type { LogRecord } from './log-record.js';
import type { Outlet } from './outlet.js';

/** How many records go out before anything else is looked at. */
export const RUN = 64;
/** How many bytes are written at once, about. */
const WRITE_BYTES = 32 * 1024;

/** Brings records to a client, spoilt as the faults say. */
export class Delivery {
  #left: number;

  constructor(
    private readonly outlet: Outlet,
    private readonly fault: ReadFault | undefined,
    private readonly disorder: Disorder<LogRecord> | undefined,
    private readonly leader: LeaderEndpoint,
  ) {
    this.#left = fault ? (fault.after ?? 0) : Infinity;
  }

  /** False: the call is over. */
  async begin(): Promise<boolean> {
    return this.#left > 0 || this.#break();
  }

  get isKeepingBack(): boolean {
    return this.disorder?.isKeepingBack ?? false;
  }

  deliver(run: readonly LogRecord[]): Promise<boolean> {
    return this.#deliver(this.disorder?.apply(run) ?? run);
  }

  /** Delivers what waits to be overtaken. */
  release(): Promise<boolean> {
    return this.#deliver(this.disorder?.release() ?? []);
  }

  async #deliver(records: readonly LogRecord[]): Promise<boolean> {
    let waiting: Buffer[] = [];
    let bytes = 0;
    for (const { frame } of records) {
      waiting.push(frame);
      bytes += frame.length;
      this.#left -= 1;
      if (this.#left > 0 && bytes < WRITE_BYTES) continue;
      if (!(await this.#send(waiting))) return false;
      if (this.#left === 0) return this.#break();
      waiting = [];
      bytes = 0;
    }
    return waiting.length === 0 || this.#send(waiting);
  }

  async #send(frames: readonly Buffer[]): Promise<boolean> {
    if (!this.outlet.send(...frames)) await this.outlet.room();
    return !this.outlet.ended;
  }

  async #break(): Promise<false> {
    const answer = this.fault?.answer;
    if (answer === 'never') await this.outlet.until(() => false);
    else if (answer === 'end') this.outlet.finish();
    else if (answer) this.outlet.fail(injectedError(answer, this.leader));
    return false;
  }
}
