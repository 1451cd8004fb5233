import type { Expected } from './append-decision.js';
import type { AppendOutcome } from './double-data.js';
import type { AppendFault } from './faults.js';
import { sizeOf, type ProposedEvent } from './log-record.js';
import type { ServerNode } from './server-node.js';

export interface ProposedAppend {
  stream: string;
  expected: Expected;
  events: readonly ProposedEvent[];
}

export type AppendResult =
  | AppendOutcome
  /** An id is no UUID. */
  | { kind: 'malformed' }
  | { kind: 'fault'; answer: AppendFault['answer'] };

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Carries an append out, or spoils it. The answer is to be given when `Faults.delayed` lets it. */
export function carryOut(node: ServerNode, { stream, expected, events }: ProposedAppend): AppendResult {
  node.traffic.appends += 1;
  if (!events.every(({ id }) => UUID.test(id))) return { kind: 'malformed' };
  const fault = node.faults.appends.take();
  if (!fault || fault.written) {
    const outcome = node.data.append(stream, expected, events);
    if (!fault) return outcome;
  }
  return { kind: 'fault', answer: fault.answer };
}

export function isTooLarge(node: ServerNode, events: readonly ProposedEvent[]): boolean {
  return events.reduce((sum, event) => sum + sizeOf(event), 0) > node.maxAppendSize;
}

interface ProposedMessage {
  getId(): { getString(): string } | undefined;
  getMetadataMap(): { get(name: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

/** The events of either way to append. */
export function proposedEvent(message: ProposedMessage): ProposedEvent {
  const properties = message.getMetadataMap();
  return {
    id: message.getId()?.getString().toLowerCase() ?? '',
    type: properties.get('type') ?? '',
    contentType: properties.get('content-type') ?? 'application/octet-stream',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

interface ExpectationOptions {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

export function expectedOf(options: ExpectationOptions, revision: string): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : BigInt(revision);
}
