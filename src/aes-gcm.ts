import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Nonce, ciphertext and tag. It opens with the same key and beside the same text only. A nonce must never come twice under one key. */
export function enclose(
  key: KeyObject,
  bytes: Uint8Array,
  boundTo: string,
  nonce: Uint8Array = randomBytes(NONCE_BYTES),
): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(boundTo));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Throws for anything that `enclose` has not made so; nothing of it is given then. */
export function disclose(key: KeyObject, enclosed: Uint8Array, boundTo: string): Buffer {
  const tagAt = enclosed.length - TAG_BYTES;
  const cipher = createDecipheriv(ALGORITHM, key, enclosed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(Buffer.from(boundTo)).setAuthTag(enclosed.subarray(tagAt));
  return Buffer.concat([cipher.update(enclosed.subarray(NONCE_BYTES, tagAt)), cipher.final()]);
}
