import { EMPTY_TREE, HASH_BYTES } from '../merkle/hashing.js';
import type { TreeHead } from '../merkle/checking.js';
import { TileEdge } from '../tiles/tile-edge.js';
import { TILE_WIDTH } from '../tiles/tile-path.js';

/** Leaves one after the other, compared with what somebody has signed of them. Memory: a tile for each level. */
export class TreeOfEvents {
  readonly #edge = new TileEdge();
  readonly #due: TreeHead[];
  /** Hashes side by side. */
  readonly #waiting = Buffer.alloc(TILE_WIDTH * HASH_BYTES);
  #width = 0;
  #size = 0;

  constructor(heads: readonly TreeHead[]) {
    this.#due = heads.toSorted((one, other) => one.size - other.size);
  }

  /** The first of the heads that is reached now, and that these leaves do not give. */
  failing(): TreeHead | undefined {
    while (this.#due[0]?.size === this.#size) {
      const due = this.#due.shift();
      this.#flush();
      if (due && Buffer.compare(due.head, this.#size === 0 ? EMPTY_TREE : this.#edge.head()) !== 0)
        return due;
    }
    return undefined;
  }

  /** Of a head that so few leaves do not reach. */
  get ahead(): TreeHead | undefined {
    return this.#due[0];
  }

  add(hash: Buffer): void {
    if (this.#due.length === 0) return;
    this.#waiting.set(hash, this.#width * HASH_BYTES);
    this.#width += 1;
    this.#size += 1;
    if (this.#width === TILE_WIDTH) this.#flush();
  }

  #flush(): void {
    this.#edge.append(this.#waiting.subarray(0, this.#width * HASH_BYTES));
    this.#width = 0;
  }
}
