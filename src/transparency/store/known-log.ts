import { HASH_BYTES } from '../merkle/hashing.js';
import { hashIn, widthOf } from '../tiles/tile.js';
import { TILE_WIDTH } from '../tiles/tile-path.js';
import { TreeOfEvents } from './tree-of-events.js';
import type { TreeHead } from '../merkle/checking.js';

/** A log that the events are compared with, as far as it goes. */
export interface KnownLog {
  size: number;
  /** The hashes of up to 256 leaves, those of one tile. */
  tile(index: number, width: number): Promise<Buffer>;
}

/** The leaves of a log one after the other, a tile at a time. */
export class LogLeaves {
  #tile: { index: number; hashes: Buffer } | undefined;

  constructor(private readonly log: KnownLog) {}

  /** Whether the log has this one there; true behind its end. */
  async has(leaf: number, hash: string): Promise<boolean> {
    if (leaf >= this.log.size) return true;
    const index = Math.floor(leaf / TILE_WIDTH);
    if (this.#tile?.index !== index) this.#tile = { index, hashes: await tileOf(this.log, index) };
    const at = (leaf % TILE_WIDTH) * HASH_BYTES;
    return this.#tile.hashes.toString('base64url', at, at + HASH_BYTES) === hash;
  }

  /** The first place from `leaf` on where the log has this one; undefined: nowhere. */
  async find(leaf: number, hash: string): Promise<number | undefined> {
    for (let at = leaf; at < this.log.size; at += 1) if (await this.has(at, hash)) return at;
    return undefined;
  }
}

/** The first of these heads that the leaves of the log do not give; undefined: they give them all. */
export async function headNotIn(log: KnownLog, heads: readonly TreeHead[]): Promise<TreeHead | undefined> {
  if (heads.length === 0) return undefined;
  const tree = new TreeOfEvents(heads.filter(({ size }) => size <= log.size));
  for (let index = 0; index * TILE_WIDTH < log.size; index += 1) {
    const hashes = await tileOf(log, index);
    for (let at = 0; at < widthOf(hashes); at += 1) {
      const failing = tree.failing();
      if (failing) return failing;
      tree.add(hashIn(hashes, at));
    }
  }
  return tree.failing();
}

async function tileOf(log: KnownLog, index: number): Promise<Buffer> {
  const width = Math.min(TILE_WIDTH, log.size - index * TILE_WIDTH);
  return (await log.tile(index, width)).subarray(0, width * HASH_BYTES);
}
