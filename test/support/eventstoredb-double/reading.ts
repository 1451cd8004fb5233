import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { status, type handleServerStreamingCall, type ServiceError } from '@grpc/grpc-js';
import { callError, streamDeleted } from './call-errors.js';
import { Delivery, RUN } from './delivery.js';
import type { LogRecord } from './log-record.js';
import type { OneWrite } from './one-write.js';
import { Outlet } from './outlet.js';
import { recordFilter, type RecordFilter } from './record-filter.js';
import { recordSource, type RecordSource } from './record-source.js';
import { refusalOf, type ServerNode } from './server-node.js';
import { follow } from './subscribing.js';

type ReadOptions = streamsPb.ReadReq.Options;

/** Reads of a stream and of `$all`, and subscriptions to them: one call for the server. */
export function readHandler(node: ServerNode): handleServerStreamingCall<streamsPb.ReadReq, OneWrite> {
  return (call) => {
    const outlet = new Outlet(call);
    const refusal = refusalOf(node, call.metadata);
    const options = call.request.getOptions();
    if (refusal || !options) return outlet.fail(refusal ?? callError(status.INVALID_ARGUMENT, 'No options'));
    const answer = options.hasSubscription() ? subscription : read;
    answer(node, options, outlet).catch((error: ServiceError) => outlet.fail(error));
  };
}

async function read(node: ServerNode, options: ReadOptions, outlet: Outlet): Promise<void> {
  node.traffic.reads += 1;
  node.traffic.openReads += 1;
  outlet.onEnd(() => (node.traffic.openReads -= 1));
  const backwards = options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS;
  const delivery = deliveryOf(node, options, outlet);
  await node.faults.delayed();
  if (!(await delivery.begin())) return;
  const source = recordSource(node.data, options, backwards ? 'backwards' : 'forwards');
  if (source.deleted()) return outlet.fail(streamDeleted(source.stream));
  if (source.missing()) outlet.send(notFound(options));
  else if (!(await deliverAll(source, options, backwards ? -1 : 1, delivery))) return;
  outlet.finish();
}

async function deliverAll(
  source: RecordSource,
  options: ReadOptions,
  step: 1 | -1,
  delivery: Delivery,
): Promise<boolean> {
  const filter = filterOf(options);
  let left = Number(options.getCount());
  let index = source.start;
  for (;;) {
    const run: LogRecord[] = [];
    const records = source.records();
    for (let record = records[index]; record && index >= source.lowest; record = records[index]) {
      if (run.length === Math.min(RUN, left)) break;
      if (filter?.matches(record) ?? true) run.push(record);
      index += step;
    }
    if (run.length === 0) return delivery.release();
    left -= run.length;
    if (!(await delivery.deliver(run))) return false;
  }
}

async function subscription(node: ServerNode, options: ReadOptions, outlet: Outlet): Promise<void> {
  node.traffic.subscriptions += 1;
  node.traffic.openSubscriptions += 1;
  node.subscriptions.add(outlet);
  outlet.onEnd(() => {
    node.traffic.openSubscriptions -= 1;
    node.subscriptions.delete(outlet);
  });
  const delivery = deliveryOf(node, options, outlet);
  await node.faults.delayed();
  if (!(await delivery.begin())) return;
  const source = recordSource(node.data, options, 'subscription');
  await follow(node, source, filterOf(options), outlet, delivery);
}

function deliveryOf(node: ServerNode, options: ReadOptions, outlet: Outlet): Delivery {
  const kind = options.hasSubscription() ? 'subscription' : 'read';
  const of = options.hasStream() ? 'stream' : 'all';
  const queue = kind === 'read' ? node.faults.reads : node.faults.subscriptions;
  const fault = queue.take((candidate) => (candidate.of ?? of) === of);
  // The order of one stream's events is its revisions: a server does not get that wrong.
  const disturbance = of === 'all' ? node.faults.disturbanceOf(kind) : undefined;
  return new Delivery(outlet, fault, disturbance?.begin(), node.leader);
}

function filterOf(options: ReadOptions): RecordFilter | undefined {
  const filter = options.getFilter();
  return filter && recordFilter(filter);
}

function notFound(options: ReadOptions): Buffer {
  const name = options.getStream()?.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array();
  const identifier = new sharedPb.StreamIdentifier().setStreamName(name);
  const missing = new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(identifier);
  return Buffer.from(new streamsPb.ReadResp().setStreamNotFound(missing).serializeBinary());
}
