import codePb from '@eventstore/db-client/generated/code_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Refusal } from './faults.js';
import { WireMessage } from './wire-message.js';

export type BatchStatus = Refusal | 'conflict' | 'deleted' | 'malformed' | 'too-large';

interface StatusDetails {
  maxAppendSize?: number;
  /** Where the stream stands; -1: there is none. */
  current?: bigint;
  options?: streamsPb.BatchAppendReq.Options;
}

interface Message {
  serializeBinary(): Uint8Array;
}

/** The error of one append, in the form in which the server packs it. */
export function statusOf(kind: BatchStatus, details: StatusDetails): statusPb.Status {
  const { Code } = codePb;
  switch (kind) {
    case 'conflict':
      return packed(Code.ALREADY_EXISTS, 'WrongExpectedVersion', conflict(details));
    case 'deleted': {
      const deleted = new sharedPb.StreamDeleted().setStreamIdentifier(
        details.options?.getStreamIdentifier(),
      );
      return packed(Code.NOT_FOUND, 'StreamDeleted', deleted);
    }
    case 'malformed': {
      const malformed = new sharedPb.BadRequest().setMessage('Unrecognized Guid format.');
      return packed(Code.INVALID_ARGUMENT, 'BadRequest', malformed);
    }
    case 'too-large': {
      const exceeded = new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(details.maxAppendSize ?? 0);
      return packed(Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', exceeded);
    }
    case 'timeout':
      return packed(Code.DEADLINE_EXCEEDED, 'Timeout', new sharedPb.Timeout());
    case 'refused-access':
      return packed(Code.PERMISSION_DENIED, 'AccessDenied', new sharedPb.AccessDenied());
    case 'unknown':
      return packed(Code.UNKNOWN, 'Unknown', new sharedPb.Unknown());
    // For these two the server gives no code at all, and nothing as details.
    case 'not-ready':
      return unpacked('Server Is Not Ready');
    case 'busy':
      return unpacked('Server Is Busy');
  }
}

/** Which append is answered, and of which stream it was. */
export interface Answered {
  correlationId: string;
  stream: Uint8Array;
}

/** Written by hand, as it is the answer to nearly every append; the numbers are those of the fields in streams.proto. */
export function batchSuccess(
  { correlationId, stream }: Answered,
  at: { revision: bigint; position: bigint | undefined },
): Buffer {
  const success = new WireMessage();
  if (at.revision < 0n) success.message(2, new WireMessage());
  else success.uint64(1, at.revision);
  if (at.position === undefined) success.message(4, new WireMessage());
  else success.message(3, position(at.position));
  return new WireMessage()
    .message(1, new WireMessage().string(2, correlationId))
    .message(3, success)
    .message(4, new WireMessage().bytes(3, stream))
    .toBuffer();
}

export function batchFailure({ correlationId, stream }: Answered, status: statusPb.Status): Buffer {
  const failure = new streamsPb.BatchAppendResp().setError(status);
  failure.setCorrelationId(new sharedPb.UUID().setString(correlationId));
  failure.setStreamIdentifier(new sharedPb.StreamIdentifier().setStreamName(stream));
  return Buffer.from(failure.serializeBinary());
}

function position(at: bigint): WireMessage {
  return at > 0n ? new WireMessage().uint64(1, at).uint64(2, at) : new WireMessage();
}

function packed(code: codePb.Code, name: string, message: Message): statusPb.Status {
  const details = new anyPb.Any();
  details.pack(message.serializeBinary(), `event_store.client.${name}`);
  return new statusPb.Status().setCode(code).setMessage(name).setDetails(details);
}

function unpacked(message: string): statusPb.Status {
  const details = new anyPb.Any();
  details.pack(new emptyPb.Empty().serializeBinary(), 'google.protobuf.Empty');
  return new statusPb.Status().setMessage(message).setDetails(details);
}

function conflict({ current = -1n, options }: StatusDetails): sharedPb.WrongExpectedVersion {
  const conflict = new sharedPb.WrongExpectedVersion();
  if (current < 0n) conflict.setCurrentNoStream(new emptyPb.Empty());
  else conflict.setCurrentStreamRevision(String(current));
  if (options?.hasNoStream()) conflict.setExpectedNoStream(new emptyPb.Empty());
  else if (options?.hasAny()) conflict.setExpectedAny(new emptyPb.Empty());
  else if (options?.hasStreamExists()) conflict.setExpectedStreamExists(new emptyPb.Empty());
  else conflict.setExpectedStreamPosition(options?.getStreamPosition() ?? '0');
  return conflict;
}
