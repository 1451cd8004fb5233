import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';
import { carryOut, expectedOf, isTooLarge, proposedEvent, type AppendResult } from './appending.js';
import { batchFailure, batchSuccess, statusOf, type Answered, type BatchStatus } from './batch-replies.js';
import { injectedError } from './call-errors.js';
import type { AppendFault } from './faults.js';
import type { ProposedEvent } from './log-record.js';
import { refusalOf, type ServerNode } from './server-node.js';

type Request = streamsPb.BatchAppendReq;
type Options = streamsPb.BatchAppendReq.Options;
type Call = ServerDuplexStream<Request, Buffer>;

interface PendingAppend {
  options: Options;
  events: ProposedEvent[];
  deadline?: NodeJS.Timeout;
}

/** Appends of many streams over one call, each answered by itself. */
export function batchAppendHandler(
  node: ServerNode,
  open: Set<BatchStream>,
): handleBidiStreamingCall<Request, Buffer> {
  return (call) => {
    const stream = new BatchStream(node, call);
    open.add(stream);
    node.traffic.openBatchStreams += 1;
    call.on('close', () => {
      if (open.delete(stream)) node.traffic.openBatchStreams -= 1;
    });
  };
}

export class BatchStream {
  readonly #pending = new Map<string, PendingAppend>();
  #over = false;

  constructor(
    private readonly node: ServerNode,
    private readonly call: Call,
  ) {
    call.on('data', (request: Request) => this.#take(request));
    call.on('end', () => this.end());
    call.on('cancelled', () => {
      this.#finish();
      call.destroy();
    });
  }

  /** Ends the call as if all were well; what waits for an answer gets none. */
  end(): void {
    if (this.#finish()) this.call.end();
  }

  /** Ends the call with an error. */
  fail(error: Error): void {
    if (this.#finish()) this.call.emit('error', error);
  }

  #finish(): boolean {
    if (this.#over) return false;
    this.#over = true;
    for (const { deadline } of this.#pending.values()) clearTimeout(deadline);
    this.#pending.clear();
    return true;
  }

  #take(request: Request): void {
    if (this.#over) return;
    const key = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    if (options) this.#begin(key, options, request.getIsFinal());
    const pending = this.#pending.get(key);
    if (!pending) return;
    for (const message of request.getProposedMessagesList()) pending.events.push(proposedEvent(message));
    if (isTooLarge(this.node, pending.events)) return this.#refuse(key, pending.options, 'too-large');
    if (!request.getIsFinal()) return;
    this.#forget(key);
    this.#carryOut(key, pending);
  }

  #begin(key: string, options: Options, whole: boolean): void {
    const refused = refusalOf(this.node, this.call.metadata);
    if (refused?.metadata.get('exception').includes('access-denied')) {
      return this.#refuse(key, options, 'refused-access');
    }
    if (refused) return this.fail(refused);
    const left = (options.getDeadline()?.toDate().getTime() ?? Infinity) - Date.now();
    if (left <= 0) return this.#refuse(key, options, 'timeout');
    const pending: PendingAppend = { options, events: [] };
    this.#pending.set(key, pending);
    if (whole || left === Infinity) return;
    pending.deadline = setTimeout(() => this.#refuse(key, options, 'timeout'), left).unref();
  }

  #forget(key: string): void {
    clearTimeout(this.#pending.get(key)?.deadline);
    this.#pending.delete(key);
  }

  #refuse(key: string, options: Options, status: BatchStatus): void {
    this.#forget(key);
    const details = { maxAppendSize: this.node.maxAppendSize, options };
    this.#send(batchFailure(answered(key, options), statusOf(status, details)));
  }

  #carryOut(key: string, { options, events }: PendingAppend): void {
    const stream = Buffer.from(answered(key, options).stream).toString('utf8');
    const expected = expectedOf(options, options.getStreamPosition());
    const result = carryOut(this.node, { stream, expected, events });
    this.node.faults.reply(() => this.#answer(result, key, options));
  }

  #answer(result: AppendResult, key: string, options: Options): void {
    const to = answered(key, options);
    switch (result.kind) {
      case 'written':
      case 'repeated':
        return this.#send(batchSuccess(to, result));
      case 'conflict':
        return this.#send(batchFailure(to, statusOf('conflict', { current: result.current, options })));
      case 'deleted':
      case 'malformed':
        return this.#send(batchFailure(to, statusOf(result.kind, { options })));
      case 'fault':
        return this.#misbehave(result.answer, to);
    }
  }

  #misbehave(answer: AppendFault['answer'], to: Answered): void {
    switch (answer) {
      case 'never':
        return undefined;
      case 'end':
        return this.end();
      case 'not-ready':
      case 'busy':
      case 'timeout':
      case 'unknown':
      case 'refused-access':
        return this.#send(batchFailure(to, statusOf(answer, {})));
      default:
        return this.fail(injectedError(answer, this.node.leader));
    }
  }

  #send(reply: Buffer): void {
    if (!this.#over) this.call.write(reply);
  }
}

function answered(correlationId: string, options: Options): Answered {
  const stream = options.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array();
  return { correlationId, stream };
}
