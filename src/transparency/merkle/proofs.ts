import { EMPTY_TREE, hashOfNode, heightOf, splitOf } from './hashing.js';

/** A tree as far as it is kept: the heads of its complete subtrees. */
export interface TreeNodes {
  /** The head of the `index`th of the subtrees with 2^height leaves each, which has to be complete. */
  node(height: number, index: number): Promise<Buffer>;
}

/** RFC 6962, 2.1: the head of the first `size` leaves. */
export const headOf = (tree: TreeNodes, size: number): Promise<Buffer> =>
  size === 0 ? Promise.resolve(EMPTY_TREE) : headOfRange(tree, 0, size);

/** RFC 6962, 2.1.1: what proves that the leaf stands there, from the bottom up. Throws RangeError for a leaf that the tree has not. */
export function inclusionProof(tree: TreeNodes, leaf: number, size: number): Promise<Buffer[]> {
  if (!(Number.isSafeInteger(leaf) && leaf >= 0 && leaf < size)) {
    throw new RangeError(`a tree of ${size} leaves has none numbered ${leaf}`);
  }
  return pathTo(tree, leaf, 0, size);
}

/**
 * RFC 6962, 2.1.2: what proves that the tree of `size` leaves begins with that of `before`. Throws RangeError unless
 * 0 < before <= size: of an empty tree there is nothing to prove.
 */
export function consistencyProof(tree: TreeNodes, before: number, size: number): Promise<Buffer[]> {
  if (!(Number.isSafeInteger(before) && before > 0 && before <= size)) {
    throw new RangeError(`a tree of ${size} leaves does not grow out of one of ${before}`);
  }
  return growth(tree, before, { from: 0, to: size, isKnown: true });
}

/** From `from` on, which a complete subtree as large as its first part begins at, up to before `to`. */
async function headOfRange(tree: TreeNodes, from: number, to: number): Promise<Buffer> {
  const size = to - from;
  const height = heightOf(size);
  if (height !== undefined) return tree.node(height, from / size);
  const middle = from + splitOf(size);
  return hashOfNode(await headOfRange(tree, from, middle), await headOfRange(tree, middle, to));
}

async function pathTo(tree: TreeNodes, leaf: number, from: number, to: number): Promise<Buffer[]> {
  if (to - from === 1) return [];
  const middle = from + splitOf(to - from);
  return leaf < middle
    ? [...(await pathTo(tree, leaf, from, middle)), await headOfRange(tree, middle, to)]
    : [...(await pathTo(tree, leaf, middle, to)), await headOfRange(tree, from, middle)];
}

/** `isKnown`: whoever checks has the head of this very range already. */
async function growth(
  tree: TreeNodes,
  before: number,
  { from, to, isKnown }: { from: number; to: number; isKnown: boolean },
): Promise<Buffer[]> {
  if (before === to) return isKnown ? [] : [await headOfRange(tree, from, to)];
  const middle = from + splitOf(to - from);
  return before <= middle
    ? [...(await growth(tree, before, { from, to: middle, isKnown })), await headOfRange(tree, middle, to)]
    : [
        ...(await growth(tree, before, { from: middle, to, isKnown: false })),
        await headOfRange(tree, from, middle),
      ];
}
