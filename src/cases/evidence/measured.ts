import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';

/** As much as tells what a file is. */
const BEGINNING_BYTES = 8 * 1024;
const UNKNOWN_TYPE = 'application/octet-stream';

export interface Measures {
  /** In hex. */
  sha256: string;
  size: number;
  mediaType: string;
}

/** Hands bytes on and takes their measure on the way. */
export class Measuring {
  readonly #hash = createHash('sha256');
  #size = 0;
  #beginning = Buffer.alloc(0);

  async *through(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of bytes) {
      this.#hash.update(part);
      this.#size += part.length;
      const missing = BEGINNING_BYTES - this.#beginning.length;
      if (missing > 0) this.#beginning = Buffer.concat([this.#beginning, part.subarray(0, missing)]);
      yield part;
    }
  }

  /** Of all that has gone through; to be asked once. */
  async result(): Promise<Measures> {
    const type = await fileTypeFromBuffer(this.#beginning).catch(() => undefined);
    return {
      sha256: this.#hash.digest('hex'),
      size: this.#size,
      mediaType: mediaTypeOf(type?.mime),
    };
  }
}

/** Without what is said of the coding inside. */
export const mediaTypeOf = (found: string | undefined): string => found?.split(';')[0] ?? UNKNOWN_TYPE;
