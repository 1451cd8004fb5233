import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isGrownFrom, isIncluded, type TreeHead } from '../../src/transparency/merkle/checking.js';
import { EMPTY_TREE, HASH_BYTES, hashOfLeaf, hashOfNode } from '../../src/transparency/merkle/hashing.js';
import { consistencyProof, headOf, inclusionProof } from '../../src/transparency/merkle/proofs.js';
import { TileEdge } from '../../src/transparency/tiles/tile-edge.js';
import { TileNodes } from '../../src/transparency/tiles/tile-nodes.js';
import { widthOf } from '../../src/transparency/tiles/tile.js';

/** Three levels of tiles, the last two of them partial. */
const LARGEST = 70_000;

const hashes = Array.from({ length: LARGEST }, (_, n) => hashOfLeaf(`leaf ${n}`));

/** Heads as they come out leaf by leaf, by carrying complete trees of one size into one of twice the size. */
function headsByCarrying(): (size: number) => Buffer {
  const peaksAt: Buffer[][] = [[]];
  for (const [n, hash] of hashes.entries()) {
    const peaks = [...peaksAt[n]!, hash];
    for (let rest = n + 1; rest % 2 === 0; rest /= 2)
      peaks.push(hashOfNode(...(peaks.splice(-2) as [Buffer, Buffer])));
    peaksAt.push(peaks);
  }
  return (size) => {
    const [last, ...others] = peaksAt[size]!.toReversed();
    return others.reduce((right, left) => hashOfNode(left, right), last ?? EMPTY_TREE);
  };
}

/** Tiles as somebody keeps them who is handed what has changed. */
class Kept {
  readonly tiles = new Map<string, Buffer>();
  edge = new TileEdge();

  append(count: number): void {
    const from = this.edge.size;
    const leaves = Buffer.concat(hashes.slice(from, from + count));
    for (const { level, index, hashes: now } of this.edge.append(leaves))
      this.tiles.set(`${level}/${index}`, Buffer.from(now));
  }

  /** As after a restart. */
  reopen(): void {
    const { size } = this.edge;
    const open: Buffer[] = [];
    for (let count = size, level = 0; count > 0; count = Math.floor(count / 256), level += 1)
      open.push(count % 256 === 0 ? Buffer.alloc(0) : this.tiles.get(`${level}/${Math.floor(count / 256)}`)!);
    this.edge = new TileEdge(size, open);
  }

  readonly nodes = new TileNodes(async (level, index, width) => {
    const found = this.tiles.get(`${level}/${index}`);
    if (!found || widthOf(found) < width) throw new Error(`no tile ${level}/${index} of ${width}`);
    return found;
  });
}

describe('a tree kept in tiles', () => {
  const head = headsByCarrying();

  it('is the same however it grew, and after any restart', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 700 }), fc.boolean()), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(steps, (all) => {
        const kept = new Kept();
        for (const [count, restart] of all) {
          kept.append(count);
          if (restart) kept.reopen();
          expect(kept.edge.head()).toEqual(head(kept.edge.size));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('proves what stands in it, and what it has grown from', async () => {
    const kept = new Kept();
    kept.append(LARGEST);
    const random = fc.sample(fc.tuple(fc.integer({ min: 1, max: LARGEST }), fc.nat()), {
      numRuns: 60,
      seed: 4,
    });
    const edges = [1, 2, 255, 256, 257, 65_535, 65_536, 65_537, LARGEST].map(
      (size) => [size, size - 1] as const,
    );
    for (const [size, n] of [...edges, ...random]) {
      const at = (count: number): TreeHead => ({ size: count, head: head(count) });
      expect(await headOf(kept.nodes, size)).toEqual(head(size));
      const leaf = n % size;
      const proof = await inclusionProof(kept.nodes, leaf, size);
      expect(isIncluded({ leaf, hash: hashes[leaf]! }, at(size), proof)).toBe(true);
      const growth = await consistencyProof(kept.nodes, leaf + 1, size);
      expect(isGrownFrom(at(leaf + 1), at(size), growth)).toBe(true);
    }
  });

  it('is not gone on with from tiles that are not its own', () => {
    expect(() => new TileEdge(3, [Buffer.alloc(2 * HASH_BYTES)])).toThrow(/width/);
    expect(() => new TileEdge(256, [Buffer.alloc(0)])).toThrow(/width/);
  });
});
