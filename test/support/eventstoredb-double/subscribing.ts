import { randomUUID } from 'node:crypto';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { streamDeleted } from './call-errors.js';
import { RUN, type Delivery } from './delivery.js';
import type { LogRecord } from './log-record.js';
import type { Outlet } from './outlet.js';
import type { RecordFilter } from './record-filter.js';
import type { RecordSource } from './record-source.js';
import type { ServerNode } from './server-node.js';

const END_OF_LOG = 2n ** 64n - 1n;
/** So long an event waits for one that overtakes it. */
const KEPT_BACK_MS = 200;

/** Delivers what is there, says that the subscriber has caught up, and goes on with what comes, until the call is over. */
export async function follow(
  node: ServerNode,
  source: RecordSource,
  filter: RecordFilter | undefined,
  outlet: Outlet,
  delivery: Delivery,
): Promise<void> {
  const wake = (): void => outlet.wake();
  outlet.onEnd(node.data.listen(wake));
  outlet.onEnd(node.faults.listen(wake));
  outlet.send(confirmation());
  const scan = new Scan(source, filter);
  let caughtUp = false;
  while (!outlet.ended) {
    if (source.deleted()) return outlet.fail(streamDeleted(source.stream));
    if (node.faults.subscriptionsStalled) {
      await outlet.until(() => !node.faults.subscriptionsStalled);
      continue;
    }
    const { run, checkpoint } = scan.next(RUN);
    if (caughtUp && run.length > 0) await node.faults.delayed();
    if (!(await delivery.deliver(run))) return;
    if (checkpoint !== undefined) outlet.send(checkpointReached(checkpoint));
    if (scan.more()) continue;
    if (!caughtUp) {
      caughtUp = true;
      if (node.faults.endOfLogCheckpoint && scan.foundNothing) outlet.send(checkpointReached(END_OF_LOG));
      outlet.send(caughtUpNow());
    }
    const isMore = (): boolean => scan.more() || source.deleted();
    if (delivery.isKeepingBack) {
      await outlet.until(isMore, KEPT_BACK_MS);
      if (!isMore() && !(await delivery.release())) return;
    }
    await outlet.until(isMore);
  }
}

/** Goes through the records once, never back, and counts what it looks at. */
class Scan {
  #index: number;
  #looked = 0;
  #found = 0;

  constructor(
    private readonly source: RecordSource,
    private readonly filter: RecordFilter | undefined,
  ) {
    this.#index = source.start;
  }

  get foundNothing(): boolean {
    return this.filter !== undefined && this.#found === 0;
  }

  more(): boolean {
    return this.#index < this.source.records().length;
  }

  /** The next that suit, up to the next checkpoint at most, and the position of that if it is reached. */
  next(limit: number): { run: LogRecord[]; checkpoint?: bigint } {
    const run: LogRecord[] = [];
    const records = this.source.records();
    while (run.length < limit) {
      const record = records[this.#index];
      if (!record) break;
      this.#index += 1;
      this.#looked += 1;
      if (this.filter?.matches(record) ?? true) run.push(record);
      if (!this.filter || this.#looked % this.filter.checkpointInterval !== 0) continue;
      this.#found += run.length;
      return { run, checkpoint: record.position };
    }
    this.#found += run.length;
    return { run };
  }
}

const frame = (message: streamsPb.ReadResp): Buffer => Buffer.from(message.serializeBinary());

function confirmation(): Buffer {
  const confirmed = new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID());
  return frame(new streamsPb.ReadResp().setConfirmation(confirmed));
}

function checkpointReached(position: bigint): Buffer {
  const checkpoint = new streamsPb.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position)).setPreparePosition(String(position));
  return frame(new streamsPb.ReadResp().setCheckpoint(checkpoint));
}

const caughtUpNow = (): Buffer =>
  frame(new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp()));
