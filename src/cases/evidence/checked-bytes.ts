import { createHash } from 'node:crypto';

/** The file is not the one that was attached. */
class NotAsAttached extends Error {
  override readonly name = 'NotAsAttached';
}

/** Hands bytes on; the last of them once all are known to be those of this hash (in hex). Throws instead. */
export async function* checkedBytes(
  bytes: AsyncIterable<Buffer>,
  { sha256, size }: { sha256: string; size: number },
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let ahead: Buffer | undefined;
  let given = 0;
  for await (const part of bytes) {
    if (ahead) yield ahead;
    hash.update(part);
    given += part.length;
    ahead = part;
  }
  if (given !== size || hash.digest('hex') !== sha256) throw new NotAsAttached();
  if (ahead) yield ahead;
}
