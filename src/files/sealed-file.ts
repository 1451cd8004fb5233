import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const SALT_BYTES = 32;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CHUNK_BYTES = 64 * 1024;
const WHOLE_CHUNK = CHUNK_BYTES + TAG_BYTES;

/** How long what `sealedBytes` makes of so many bytes is. */
export const sealedSize = (size: number): number =>
  SALT_BYTES + size + TAG_BYTES * Math.max(1, Math.ceil(size / CHUNK_BYTES));

/**
 * A file as it may lie about: a random salt, and chunks that are each sealed under a key of this very file. Which chunk it is,
 * and whether it is the last, is part of its nonce: none can be left out, moved, or brought over from another file, and no end
 * can be cut off. `boundTo` says whose file it is; it opens as no other.
 */
export async function* sealedBytes(
  plain: AsyncIterable<Buffer>,
  key: KeyObject,
  boundTo: string,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const own = keyOf(key, salt, boundTo);
  yield salt;
  let number = 0;
  let ahead: Buffer | undefined;
  for await (const chunk of inChunksOf(CHUNK_BYTES, plain)) {
    if (ahead) yield sealChunk(own, ahead, number++, false);
    ahead = chunk;
  }
  yield sealChunk(own, ahead ?? Buffer.alloc(0), number, true);
}

/** Throws for anything but what `sealedBytes` has made so; what it gave before that was right. */
export async function* openedBytes(
  sealed: AsyncIterable<Buffer>,
  key: KeyObject,
  boundTo: string,
): AsyncGenerator<Buffer> {
  let own: Buffer | undefined;
  let number = 0;
  let ahead: Buffer | undefined;
  const rest = async function* (): AsyncGenerator<Buffer> {
    let begun = Buffer.alloc(0);
    for await (const bytes of sealed) {
      if (own) {
        yield bytes;
        continue;
      }
      begun = Buffer.concat([begun, bytes]);
      if (begun.length < SALT_BYTES) continue;
      own = keyOf(key, begun.subarray(0, SALT_BYTES), boundTo);
      yield begun.subarray(SALT_BYTES);
    }
  };
  for await (const chunk of inChunksOf(WHOLE_CHUNK, rest())) {
    if (ahead && own) yield openChunk(own, ahead, number++, false);
    ahead = chunk;
  }
  if (!own || !ahead) throw new Error('the end of the file is missing');
  yield openChunk(own, ahead, number, true);
}

const keyOf = (key: KeyObject, salt: Buffer, boundTo: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, JSON.stringify(['habeas/file/1', boundTo]), KEY_BYTES));

function sealChunk(key: Buffer, plain: Buffer, number: number, isLast: boolean): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, nonceOf(number, isLast));
  const sealed = cipher.update(plain);
  cipher.final();
  return Buffer.concat([sealed, cipher.getAuthTag()]);
}

function openChunk(key: Buffer, sealed: Buffer, number: number, isLast: boolean): Buffer {
  const tagAt = sealed.length - TAG_BYTES;
  if (tagAt < 0) throw new Error('a chunk of the file is cut');
  const cipher = createDecipheriv(ALGORITHM, key, nonceOf(number, isLast), { authTagLength: TAG_BYTES });
  cipher.setAuthTag(sealed.subarray(tagAt));
  const plain = cipher.update(sealed.subarray(0, tagAt));
  // Throws unless the tag is right.
  cipher.final();
  return plain;
}

/** No two are alike under one key, which is that of one file. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(number, NONCE_BYTES - 5);
  nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
  return nonce;
}

/** All of that size but the last, which may be shorter; nothing of nothing. */
async function* inChunksOf(size: number, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let held = 0;
  for await (const part of bytes) {
    parts.push(part);
    held += part.length;
    if (held < size) continue;
    const all = Buffer.concat(parts);
    const whole = held - (held % size);
    for (let from = 0; from < whole; from += size) yield all.subarray(from, from + size);
    parts = [all.subarray(whole)];
    held -= whole;
  }
  if (held > 0) yield Buffer.concat(parts);
}
