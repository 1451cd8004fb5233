import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { status, type handleUnaryCall, type ServiceError } from '@grpc/grpc-js';
import { expectedOf } from './appending.js';
import * as errors from './call-errors.js';
import { refusalOf, type ServerNode } from './server-node.js';

export function deleteHandler(node: ServerNode): handleUnaryCall<streamsPb.DeleteReq, streamsPb.DeleteResp> {
  return (call, callback) => {
    const result = remove(node, call.metadata, call.request.getOptions(), false);
    if (typeof result !== 'bigint') return callback(result);
    const position = new streamsPb.DeleteResp.Position();
    position.setCommitPosition(String(result)).setPreparePosition(String(result));
    return callback(null, new streamsPb.DeleteResp().setPosition(position));
  };
}

export function tombstoneHandler(
  node: ServerNode,
): handleUnaryCall<streamsPb.TombstoneReq, streamsPb.TombstoneResp> {
  return (call, callback) => {
    const result = remove(node, call.metadata, call.request.getOptions(), true);
    if (typeof result !== 'bigint') return callback(result);
    const position = new streamsPb.TombstoneResp.Position();
    position.setCommitPosition(String(result)).setPreparePosition(String(result));
    return callback(null, new streamsPb.TombstoneResp().setPosition(position));
  };
}

/** Gives the position of the deletion. */
function remove(
  node: ServerNode,
  headers: Parameters<typeof refusalOf>[1],
  options: streamsPb.DeleteReq.Options | streamsPb.TombstoneReq.Options | undefined,
  tombstone: boolean,
): bigint | ServiceError {
  const refusal = refusalOf(node, headers);
  if (refusal || !options) return refusal ?? errors.callError(status.INVALID_ARGUMENT, 'No options');
  const stream = Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');
  const expected = expectedOf(options, options.getRevision());
  const outcome = node.data.delete(stream, expected, tombstone);
  switch (outcome.kind) {
    case 'deleted':
      return errors.streamDeleted(stream);
    case 'conflict':
      return errors.wrongExpectedVersion(
        stream,
        typeof expected === 'bigint' ? expected : -1n,
        outcome.current,
      );
    case 'written':
    case 'repeated':
      return outcome.position ?? errors.unavailable();
  }
}
