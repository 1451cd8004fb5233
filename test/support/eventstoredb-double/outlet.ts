import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream, ServiceError } from '@grpc/grpc-js';
import { OneWrite } from './one-write.js';

export type ReadCall = ServerWritableStream<streamsPb.ReadReq, OneWrite>;

/** The end of a read that the server writes to: never more than the client takes, and nothing after its end. */
export class Outlet {
  #ended = false;
  readonly #waiting = new Set<() => void>();
  readonly #endListeners: (() => void)[] = [];

  constructor(private readonly call: ReadCall) {
    call.on('drain', () => this.wake());
    call.on('cancelled', () => this.#end());
    call.on('close', () => this.#end());
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** False: wait for `room` before the next one. */
  send(...frames: readonly Buffer[]): boolean {
    return this.#ended || this.call.write(new OneWrite(frames));
  }

  room(): Promise<void> {
    return this.until(() => !this.call.writableNeedDrain);
  }

  /** Resolves when the condition holds, the time or the call is over; it is looked at again at every `wake`. */
  async until(condition: () => boolean, withinMs?: number): Promise<void> {
    let isOver = false;
    const timesUp = (): void => {
      isOver = true;
      this.wake();
    };
    const timer = withinMs === undefined ? undefined : setTimeout(timesUp, withinMs);
    while (!this.#ended && !isOver && !condition()) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
    clearTimeout(timer);
  }

  wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }

  finish(): void {
    if (this.#ended) return;
    this.call.end();
    this.#end();
  }

  fail(error: ServiceError): void {
    if (this.#ended) return;
    this.call.emit('error', error);
    this.#end();
  }

  /** Calls back when the call is over, at once if it is already. */
  onEnd(listener: () => void): void {
    if (this.#ended) listener();
    else this.#endListeners.push(listener);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const listener of this.#endListeners) listener();
    this.wake();
  }
}
