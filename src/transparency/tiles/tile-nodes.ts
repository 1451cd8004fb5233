import type { TreeNodes } from '../merkle/proofs.js';
import { rootIn, widthOf } from './tile.js';
import { TILE_HEIGHT, TILE_WIDTH } from './tile-path.js';

/** Whoever keeps tiles: gives one with at least so many hashes, or throws. */
export type TileSource = (level: number, index: number, width: number) => Promise<Buffer>;

/** A tree as its tiles have it, each of which is asked for, and each node made, once. For a question, not for good: it keeps them. */
export class TileNodes implements TreeNodes {
  readonly #tiles = new Map<string, Buffer>();
  /** Proofs of one log have most of their way in common. */
  readonly #nodes = new Map<string, Buffer>();

  constructor(private readonly tile: TileSource) {}

  async node(height: number, index: number): Promise<Buffer> {
    const known = this.#nodes.get(`${height}/${index}`);
    if (known) return known;
    const node = await this.#made(height, index);
    this.#nodes.set(`${height}/${index}`, node);
    return node;
  }

  async #made(height: number, index: number): Promise<Buffer> {
    const count = 2 ** (height % TILE_HEIGHT);
    const first = index * count;
    const at = first % TILE_WIDTH;
    const level = Math.floor(height / TILE_HEIGHT);
    return rootIn(await this.#tile(level, Math.floor(first / TILE_WIDTH), at + count), at, count);
  }

  async #tile(level: number, index: number, width: number): Promise<Buffer> {
    const known = this.#tiles.get(`${level}/${index}`);
    if (known && widthOf(known) >= width) return known;
    const hashes = await this.tile(level, index, width);
    this.#tiles.set(`${level}/${index}`, hashes);
    return hashes;
  }
}
