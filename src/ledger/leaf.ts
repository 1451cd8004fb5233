import { hash } from 'node:crypto';

/** What stands in the chain, and later in the transparency log, for one event. Stored as its exact bytes. */
export interface Leaf {
  v: 1;
  stream: string;
  revision: number;
  id: string;
  type: string;
  /** The schema version of the data. */
  schema: number;
  /** RFC 3339 in UTC with milliseconds. */
  recordedAt: string;
  /** A pseudonymous principal id. */
  recordedBy: string;
  /** The leaf hash of the stream's event before; null for the first. */
  prev: string | null;
  /** SHA-256, in base64url, of the stored payload, which is canonical JSON (RFC 8785), ciphertexts included. */
  payloadDigest: string;
  /** The data keys that the payload is sealed with. */
  keys: string[];
}

export const digestOf = (payload: string): string => hash('sha256', payload, 'base64url');

/** Canonical JSON (RFC 8785): the members stand in their order, and none of them is anything but text and whole numbers. */
export const leafText = (leaf: Leaf): string =>
  JSON.stringify({
    id: leaf.id,
    keys: leaf.keys,
    payloadDigest: leaf.payloadDigest,
    prev: leaf.prev,
    recordedAt: leaf.recordedAt,
    recordedBy: leaf.recordedBy,
    revision: leaf.revision,
    schema: leaf.schema,
    stream: leaf.stream,
    type: leaf.type,
    v: leaf.v,
  } satisfies Leaf);

/** RFC 6962: SHA-256 of a zero byte and the leaf; in base64url. */
export const leafHash = (text: string): string => hash('sha256', `\0${text}`, 'base64url');
