import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { status, type handleClientStreamingCall, type ServiceError } from '@grpc/grpc-js';
import { carryOut, expectedOf, isTooLarge, proposedEvent, type AppendResult } from './appending.js';
import * as errors from './call-errors.js';
import type { ProposedEvent } from './log-record.js';
import { refusalOf, type ServerNode } from './server-node.js';

type Reply = ServiceError | streamsPb.AppendResp | 'never';

/** One append a call: what the client uses with credentials of a call's own, and with servers that know no batches. */
export function unaryAppendHandler(
  node: ServerNode,
): handleClientStreamingCall<streamsPb.AppendReq, streamsPb.AppendResp> {
  return (call, callback) => {
    const events: ProposedEvent[] = [];
    let options: streamsPb.AppendReq.Options | undefined;
    node.traffic.openAppends += 1;
    const answer = (reply: Reply): void => {
      if (reply === 'never') return;
      if (reply instanceof Error) callback(reply);
      else callback(null, reply);
    };
    call.on('data', (request: streamsPb.AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) events.push(proposedEvent(message));
    });
    const carryOutWhole = (): void => {
      node.traffic.openAppends -= 1;
      if (call.cancelled) return;
      const refusal = refusalOf(node, call.metadata);
      const tooLarge = isTooLarge(node, events) && errors.maximumAppendSizeExceeded(node.maxAppendSize);
      if (refusal || !options)
        return answer(refusal ?? errors.callError(status.INVALID_ARGUMENT, 'No options'));
      if (tooLarge) return answer(tooLarge);
      const reply = append(node, options, events);
      node.faults.reply(() => answer(reply));
    };
    // A call that is cut ends in the same way as one that is whole, and only then says that it was cancelled.
    call.on('end', () => setImmediate(carryOutWhole));
  };
}

function append(
  node: ServerNode,
  options: streamsPb.AppendReq.Options,
  events: readonly ProposedEvent[],
): Reply {
  const stream = Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');
  const result = carryOut(node, { stream, expected: expectedOf(options, options.getRevision()), events });
  switch (result.kind) {
    case 'written':
    case 'repeated':
      return new streamsPb.AppendResp().setSuccess(success(result));
    case 'conflict':
      return new streamsPb.AppendResp().setWrongExpectedVersion(conflict(options, result.current));
    case 'deleted':
      return errors.streamDeleted(stream);
    case 'malformed':
      return errors.callError(status.UNKNOWN, 'Exception was thrown by handler.');
    case 'fault':
      return misbehaviour(result.answer, node);
  }
}

function misbehaviour(answer: Extract<AppendResult, { kind: 'fault' }>['answer'], node: ServerNode): Reply {
  switch (answer) {
    case 'never':
      return 'never';
    // A unary call has no end without an answer.
    case 'end':
    case 'not-ready':
      return errors.unavailable();
    case 'busy':
      return errors.unavailable('Server Is Too Busy');
    case 'timeout':
      return errors.callError(status.ABORTED, 'Operation timed out: Timed out waiting for the followers.');
    case 'unknown':
      return errors.callError(status.UNKNOWN, 'Unexpected OperationResult');
    case 'refused-access':
      return errors.accessDenied();
    default:
      return errors.injectedError(answer, node.leader);
  }
}

function success(at: { revision: bigint; position: bigint | undefined }): streamsPb.AppendResp.Success {
  const success = new streamsPb.AppendResp.Success();
  if (at.revision < 0n) success.setNoStream(new sharedPb.Empty());
  else success.setCurrentRevision(String(at.revision));
  if (at.position === undefined) return success.setNoPosition(new sharedPb.Empty());
  const position = new streamsPb.AppendResp.Position();
  position.setCommitPosition(String(at.position)).setPreparePosition(String(at.position));
  return success.setPosition(position);
}

function conflict(
  options: streamsPb.AppendReq.Options,
  current: bigint,
): streamsPb.AppendResp.WrongExpectedVersion {
  const conflict = new streamsPb.AppendResp.WrongExpectedVersion();
  if (current < 0n) conflict.setCurrentNoStream(new sharedPb.Empty());
  else conflict.setCurrentRevision(String(current));
  if (options.hasNoStream()) return conflict.setExpectedNoStream(new sharedPb.Empty());
  if (options.hasAny()) return conflict.setExpectedAny(new sharedPb.Empty());
  if (options.hasStreamExists()) return conflict.setExpectedStreamExists(new sharedPb.Empty());
  return conflict.setExpectedRevision(options.getRevision());
}
