import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { HabeasError } from '../errors.js';
import type { DataKey } from './data-keys.js';
import type { Members } from './sealed-fields.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCES_AT_ONCE = 512;

/** Where a box belongs: it opens nowhere else. */
export interface Place {
  eventId: string;
  stream: string;
  revision: number;
  type: string;
}

/** The sealed half of an event, as its payload has it. */
export interface SealedBox {
  /** The id of the data key, and its version. */
  key: string;
  v: number;
  /** Where the values belong: see `pathsIn`. Readable, so that it can be said what an erasure took. */
  fields: string[];
  /** base64url: nonce, ciphertext and tag. */
  box: string;
}

/** Drawing them one by one costs more than sealing. */
const nonces = Buffer.alloc(NONCE_BYTES * NONCES_AT_ONCE);
let drawn = nonces.length;

function nextNonce(): Buffer {
  if (drawn === nonces.length) {
    randomFillSync(nonces);
    drawn = 0;
  }
  const nonce = Buffer.from(nonces.subarray(drawn, drawn + NONCE_BYTES));
  drawn += NONCE_BYTES;
  return nonce;
}

export function seal(
  personal: Members,
  fields: string[],
  place: Place,
  { key, keyId, version }: DataKey,
): SealedBox {
  const nonce = nextNonce();
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(boundTo(place, keyId, version));
  const text = cipher.update(JSON.stringify(personal), 'utf8');
  cipher.final();
  // In the order of canonical JSON.
  return {
    box: Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url'),
    fields,
    key: keyId,
    v: version,
  };
}

/** Throws `sealed-data-damaged` for anything but what was sealed in this place under this key; nothing of it is given then. */
export function unseal({ key: keyId, v, box }: SealedBox, place: Place, { key }: DataKey): Members {
  try {
    const bytes = Buffer.from(box, 'base64url');
    const tagAt = bytes.length - TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(boundTo(place, keyId, v)).setAuthTag(bytes.subarray(tagAt));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as Members;
  } catch {
    // What went wrong is not passed on: it might quote what was opened.
    throw new HabeasError('unavailable', 'sealed-data-damaged', 'what is sealed in this event does not open');
  }
}

const boundTo = ({ eventId, stream, revision, type }: Place, keyId: string, version: number): Buffer =>
  Buffer.from(JSON.stringify(['habeas/sealed/1', eventId, stream, revision, type, keyId, version]));
