import { chainFault } from '../ledger/chain.js';
import { digestOf, leafHash, type Leaf } from '../ledger/leaf.js';
import { leafTextIn, metadataIn } from '../ledger/stored-metadata.js';
import type { StoredPayload } from '../ledger/written-event.js';
import { isIncluded, type TreeHead } from '../transparency/merkle/checking.js';
import type { Bundle, BundledEvent } from './bundle.js';
import { Unproven } from './verdict.js';

/** An event of which every byte is proven. */
export interface ProvenEvent {
  leaf: Leaf;
  leafHash: string;
  payload: StoredPayload;
}

export interface ProvenStream {
  stream: string;
  events: ProvenEvent[];
}

/** Every event by itself, after the one before it, and in the log. Throws `Unproven` for the first that does not hold. */
export const provenStreams = ({ streams }: Bundle, head: TreeHead): ProvenStream[] =>
  streams.map(({ stream, events }) => {
    let prev: string | null = null;
    return {
      stream,
      events: events.map((event, revision) => {
        const proven = proofOf(event, { stream, revision, prev }, head);
        prev = proven.leafHash;
        return proven;
      }),
    };
  });

function proofOf(
  event: BundledEvent,
  { stream, revision, prev }: { stream: string; revision: number; prev: string | null },
  head: TreeHead,
): ProvenEvent {
  const where = `event ${revision} of ${stream}`;
  const { leaf, text } = leafOf(event, where);
  if (digestOf(event.payload) !== leaf.payloadDigest) {
    throw new Unproven('payload', `${where}: its content is not the one that was recorded`);
  }
  if (leaf.stream === stream && leaf.revision > revision) {
    throw new Unproven('gap', `${where} is missing: the file goes on with event ${leaf.revision}`);
  }
  const { payload, metadata } = event;
  const stored = { eventId: leaf.id, type: leaf.type, stream, revision, position: '', payload, metadata };
  const fault = chainFault(stored, prev);
  if (fault !== undefined) throw new Unproven('chain', `${where}: ${fault}`);
  const hash = leafHash(text);
  const proof = event.proof.map((one) => Buffer.from(one, 'base64'));
  const isCanonical = proof.every((bytes, n) => bytes.toString('base64') === event.proof[n]);
  const at = { leaf: event.leaf, hash: Buffer.from(hash, 'base64url') };
  if (!isCanonical || !isIncluded(at, head, proof)) {
    throw new Unproven('inclusion', `${where}: it is not proven that it stands in the log`);
  }
  return { leaf, leafHash: hash, payload: contentOf(payload, where) };
}

/** Whoever signs a log of his own can put anything into it. */
function contentOf(payload: string, where: string): StoredPayload {
  const content: unknown = JSON.parse(payload);
  if (!isObject(content) || !isObject((content as { data?: unknown }).data)) {
    throw new Unproven('chain', `${where}: it says nothing`);
  }
  return content as unknown as StoredPayload;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function leafOf({ metadata }: BundledEvent, where: string): { leaf: Leaf; text: string } {
  try {
    return { leaf: metadataIn(metadata).leaf, text: leafTextIn(metadata) };
  } catch {
    throw new Unproven('chain', `${where}: its leaf cannot be read`);
  }
}
