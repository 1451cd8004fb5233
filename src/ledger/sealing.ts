import { disclose, enclose } from '../aes-gcm.js';
import { HabeasError } from '../errors.js';
import type { DataKey } from './data-keys.js';
import type { Members } from './sealed-fields.js';

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

export function seal(
  personal: Members,
  fields: string[],
  place: Place,
  { key, keyId, version }: DataKey,
): SealedBox {
  const box = enclose(key, JSON.stringify(personal), boundTo(place, keyId, version));
  // In the order of canonical JSON.
  return {
    box: box.toString('base64url'),
    fields,
    key: keyId,
    v: version,
  };
}

/** Throws `sealed-data-damaged` for anything but what was sealed in this place under this key; nothing of it is given then. */
export function unseal({ key: keyId, v, box }: SealedBox, place: Place, { key }: DataKey): Members {
  try {
    const text = disclose(key, Buffer.from(box, 'base64url'), boundTo(place, keyId, v));
    return JSON.parse(text.toString('utf8')) as Members;
  } catch {
    // What went wrong is not passed on: it might quote what was opened.
    throw new HabeasError('unavailable', 'sealed-data-damaged', 'what is sealed in this event does not open');
  }
}

const boundTo = ({ eventId, stream, revision, type }: Place, keyId: string, version: number): string =>
  JSON.stringify(['habeas/sealed/1', eventId, stream, revision, type, keyId, version]);
