import { EMPTY_TREE, HASH_BYTES, hashOfNode } from '../merkle/hashing.js';
import { rootIn, widthOf, type Tile } from './tile.js';
import { TILE_WIDTH } from './tile-path.js';

/** Of one level: how many hashes it has, and those that fill no tile yet. */
interface LevelEdge {
  count: number;
  open: Buffer;
}

/** The right edge of a growing tree: all that is needed to add leaves to it, and to say its head. */
export class TileEdge {
  readonly #levels: LevelEdge[] = [];

  /** `openTiles`: the partial tile of each level, from the leaves up; empty where there is none. */
  constructor(size = 0, openTiles: readonly Buffer[] = []) {
    for (let count = size, level = 0; count > 0; count = Math.floor(count / TILE_WIDTH), level += 1) {
      const open = openTiles[level] ?? Buffer.alloc(0);
      if (widthOf(open) !== count % TILE_WIDTH)
        throw new Error(`level ${level} has another width than its tree`);
      this.#levels.push({ count, open });
    }
  }

  get size(): number {
    return this.#levels[0]?.count ?? 0;
  }

  /** Of leaves whose hashes stand side by side. Gives the tiles that have changed, each as it is now. */
  append(leafHashes: Buffer): Tile[] {
    const changed: Tile[] = [];
    let hashes = leafHashes;
    for (let level = 0; hashes.length > 0; level += 1) hashes = this.#extend(level, hashes, changed);
    return changed;
  }

  /** RFC 6962, 2.1. */
  head(): Buffer {
    const peaks = this.#levels.toReversed().flatMap(({ open }) => peaksIn(open));
    const last = peaks.pop();
    if (!last) return EMPTY_TREE;
    return peaks.reduceRight((right, left) => hashOfNode(left, right), last);
  }

  /** Gives the heads of the tiles that are full now: they belong to the next level. */
  #extend(level: number, hashes: Buffer, changed: Tile[]): Buffer {
    const edge = (this.#levels[level] ??= { count: 0, open: Buffer.alloc(0) });
    const first = Math.floor(edge.count / TILE_WIDTH);
    const all = Buffer.concat([edge.open, hashes]);
    const tileBytes = TILE_WIDTH * HASH_BYTES;
    const full: Buffer[] = [];
    for (let from = 0; from < all.length; from += tileBytes) {
      const tile = { level, index: first + from / tileBytes, hashes: all.subarray(from, from + tileBytes) };
      changed.push(tile);
      if (tile.hashes.length === tileBytes) full.push(rootIn(tile.hashes));
    }
    edge.count += widthOf(hashes);
    edge.open = Buffer.from(all.subarray(full.length * tileBytes));
    return Buffer.concat(full);
  }
}

/** The heads of the complete trees that stand side by side in a partial tile, the largest first. */
function peaksIn(open: Buffer): Buffer[] {
  const peaks: Buffer[] = [];
  let at = 0;
  for (let count = TILE_WIDTH / 2; count >= 1; count /= 2) {
    if (widthOf(open) - at < count) continue;
    peaks.push(rootIn(open, at, count));
    at += count;
  }
  return peaks;
}
