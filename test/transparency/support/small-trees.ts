import { createHash } from 'node:crypto';
import type { TreeNodes } from '../../../src/transparency/merkle/proofs.js';

const sha256 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RFC 6962, 2.1, word for word, over the leaves themselves. */
export function mth(leaves: readonly string[]): Buffer {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]!);
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

/** RFC 6962, 2.1.1. */
export function path(m: number, leaves: readonly string[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return m < k
    ? [...path(m, leaves.slice(0, k)), mth(leaves.slice(k))]
    : [...path(m - k, leaves.slice(k)), mth(leaves.slice(0, k))];
}

/** RFC 6962, 2.1.2. */
export function subproof(m: number, leaves: readonly string[], b = true): Buffer[] {
  if (m === leaves.length) return b ? [] : [mth(leaves)];
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), b), mth(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), mth(leaves.slice(0, k))];
}

export const leavesOf = (size: number): string[] => Array.from({ length: size }, (_, n) => `leaf ${n}`);

/** The nodes of a tree, each made from the leaves below it when it is asked for the first time. */
export function treeOf(leaves: readonly string[]): TreeNodes {
  const made = new Map<string, Buffer>();
  return {
    node: async (height, index) => {
      const below = leaves.slice(index * 2 ** height, (index + 1) * 2 ** height);
      if (below.length !== 2 ** height) throw new Error(`the node ${height}/${index} is not complete`);
      const node = made.get(`${height}/${index}`) ?? mth(below);
      made.set(`${height}/${index}`, node);
      return node;
    },
  };
}
