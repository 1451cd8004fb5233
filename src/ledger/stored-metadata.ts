import type { Leaf } from './leaf.js';

const BEFORE = '{"leaf":';
const BETWEEN = ',"leafHash":"';
const AFTER = '"}';

/** What the store keeps as metadata: JSON in which the leaf stands with the very bytes that were hashed. */
export const metadataOf = (leaf: string, leafHash: string): string =>
  BEFORE + leaf + BETWEEN + leafHash + AFTER;

export const metadataIn = (metadata: string): { leaf: Leaf; leafHash: string } =>
  JSON.parse(metadata) as { leaf: Leaf; leafHash: string };

/** The bytes of the leaf. Throws for metadata that were not written by `metadataOf`. */
export function leafTextIn(metadata: string): string {
  const end = metadata.lastIndexOf(BETWEEN);
  const leaf = metadata.slice(BEFORE.length, end);
  if (metadata !== metadataOf(leaf, metadata.slice(end + BETWEEN.length, -AFTER.length))) {
    throw new Error('these metadata were not written here');
  }
  return leaf;
}
