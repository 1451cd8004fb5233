import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCES_AT_ONCE = 512;

/** Drawing them one by one costs more than the cipher. Each is used before the next ones are drawn. */
const nonces = Buffer.alloc(NONCE_BYTES * NONCES_AT_ONCE);
let drawn = nonces.length;

function nextNonce(): Buffer {
  if (drawn === nonces.length) {
    randomFillSync(nonces);
    drawn = 0;
  }
  drawn += NONCE_BYTES;
  return nonces.subarray(drawn - NONCE_BYTES, drawn);
}

/** Nonce, ciphertext and tag. It opens with the same key and beside the same text only. A nonce never comes twice under one key. */
export function enclose(key: KeyObject, plain: Uint8Array | string, boundTo: string): Buffer {
  const nonce = nextNonce();
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(boundTo));
  const enclosed = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  // It has nothing left to give, and makes the tag.
  cipher.final();
  return Buffer.concat([nonce, enclosed, cipher.getAuthTag()]);
}

/** Throws for anything that `enclose` has not made so; nothing of it is given then. */
export function disclose(key: KeyObject, enclosed: Uint8Array, boundTo: string): Buffer {
  const tagAt = enclosed.length - TAG_BYTES;
  const cipher = createDecipheriv(ALGORITHM, key, enclosed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(Buffer.from(boundTo)).setAuthTag(enclosed.subarray(tagAt));
  const plain = cipher.update(enclosed.subarray(NONCE_BYTES, tagAt));
  // Throws unless the tag is right.
  cipher.final();
  return plain;
}
