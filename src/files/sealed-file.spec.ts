import { describe, expect, it } from '@jest/globals';
import { createSecretKey, randomBytes } from 'node:crypto';
import { openedBytes, sealedBytes, sealedSize } from './sealed-file.js';

const CHUNK = 64 * 1024;
const SEALED_CHUNK = CHUNK + 16;
const SALT = 32;
const key = createSecretKey(randomBytes(32));

async function* inParts(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function all(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const part of parts) found.push(part);
  return Buffer.concat(found);
}

const sealed = (plain: Buffer, binding = 'a', by = key, part = 10_000): Promise<Buffer> =>
  all(sealedBytes(inParts(plain, part), by, binding));
const opened = (bytes: Buffer, binding = 'a', by = key, part = 7_777): Promise<Buffer> =>
  all(openedBytes(inParts(bytes, part), by, binding));

/** Three whole chunks and a bit. */
const PLAIN = randomBytes(3 * CHUNK + 100);

describe('a file that is sealed', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, PLAIN.length])(
    'of %d bytes opens again',
    async (size) => {
      const plain = PLAIN.subarray(0, size);
      for (const part of [size + 1, 5_000]) {
        const bytes = await sealed(plain, 'a', key, part);
        expect(bytes.length).toBe(sealedSize(size));
        expect((await opened(bytes, 'a', key, part)).equals(plain)).toBe(true);
      }
    },
  );

  it('is another one each time', async () => {
    const [one, other] = [await sealed(PLAIN), await sealed(PLAIN)];
    expect(one.subarray(SALT, SALT + 64).equals(other.subarray(SALT, SALT + 64))).toBe(false);
  });

  it('does not open as another file, or under another key', async () => {
    const bytes = await sealed(PLAIN);
    await expect(opened(bytes, 'b')).rejects.toThrow();
    await expect(opened(bytes, 'a', createSecretKey(randomBytes(32)))).rejects.toThrow();
  });

  it('does not open with one byte changed, wherever', async () => {
    const bytes = await sealed(PLAIN.subarray(0, CHUNK + 10));
    const places = [
      0,
      SALT - 1,
      SALT,
      SALT + CHUNK,
      SALT + SEALED_CHUNK - 1,
      SALT + SEALED_CHUNK,
      bytes.length - 1,
    ];
    for (const place of places) {
      const changed = Buffer.from(bytes);
      changed[place]! ^= 1;
      await expect(opened(changed)).rejects.toThrow();
    }
  });

  it.each([0, 10, SALT, SALT + 5, SALT + SEALED_CHUNK, SALT + 3 * SEALED_CHUNK, SALT + 3 * SEALED_CHUNK + 8])(
    'does not open when it is cut off after %d bytes',
    async (length) => {
      await expect(opened((await sealed(PLAIN)).subarray(0, length))).rejects.toThrow();
    },
  );

  it('does not open when chunks are swapped, left out, repeated, or appended', async () => {
    const bytes = await sealed(PLAIN);
    const chunks = [0, 1, 2, 3].map((n) =>
      bytes.subarray(SALT + n * SEALED_CHUNK, SALT + (n + 1) * SEALED_CHUNK),
    );
    for (const order of [[1, 0, 2, 3], [0, 2, 3], [0, 1, 1, 2, 3], [0, 1, 2, 3, 3], [3], [0, 1, 2]]) {
      const other = Buffer.concat([bytes.subarray(0, SALT), ...order.map((n) => chunks[n]!)]);
      await expect(opened(other)).rejects.toThrow();
    }
  });

  it('does not open when a whole file is put behind another', async () => {
    const bytes = await sealed(PLAIN.subarray(0, CHUNK));
    await expect(opened(Buffer.concat([bytes, await sealed(PLAIN)]))).rejects.toThrow();
  });
});
