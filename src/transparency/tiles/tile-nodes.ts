import type { TreeNodes } from '../merkle/proofs.js';
import { rootIn } from './tile.js';
import { TILE_HEIGHT, TILE_WIDTH } from './tile-path.js';

/** Whoever keeps tiles: gives one with at least so many hashes, or throws. */
export type TileSource = (level: number, index: number, width: number) => Promise<Buffer>;

/** A tree as its tiles have it. */
export class TileNodes implements TreeNodes {
  constructor(private readonly tile: TileSource) {}

  async node(height: number, index: number): Promise<Buffer> {
    const count = 2 ** (height % TILE_HEIGHT);
    const first = index * count;
    const at = first % TILE_WIDTH;
    const level = Math.floor(height / TILE_HEIGHT);
    const hashes = await this.tile(level, Math.floor(first / TILE_WIDTH), at + count);
    return rootIn(hashes, at, count);
  }
}
