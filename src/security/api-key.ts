import { randomBytes } from 'node:crypto';

/** The id may be shown and logged; the rest is 256 random bits in base64url, which has `_` and `-` of its own. */
const FORMAT = /^hb_([A-Za-z0-9]{4,32})_([A-Za-z0-9_-]{43})$/;
const KEY_ID = /^[A-Za-z0-9]{4,32}$/;

export interface ApiKey {
  keyId: string;
  /** The whole key, as the caller sends it. */
  text: string;
}

/** `undefined`: not written like a key at all. */
export function parseApiKey(text: string): ApiKey | undefined {
  const keyId = FORMAT.exec(text)?.[1];
  return keyId === undefined ? undefined : { keyId, text };
}

export const isKeyId = (text: string): boolean => KEY_ID.test(text);

export function mintApiKey(): ApiKey {
  const keyId = randomBytes(8).toString('hex');
  return { keyId, text: `hb_${keyId}_${randomBytes(32).toString('base64url')}` };
}
