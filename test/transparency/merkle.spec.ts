import { describe, expect, it } from '@jest/globals';
import { isGrownFrom, isIncluded } from '../../src/transparency/merkle/checking.js';
import { EMPTY_TREE, hashOfLeaf } from '../../src/transparency/merkle/hashing.js';
import { consistencyProof, headOf, inclusionProof } from '../../src/transparency/merkle/proofs.js';
import { leavesOf, mth, path, subproof, treeOf } from './support/small-trees.js';

const LARGEST = 64;
const SIZES = Array.from({ length: LARGEST }, (_, n) => n + 1);
const leaves = leavesOf(LARGEST);
const heads = [0, ...SIZES].map((size) => mth(leaves.slice(0, size)));
const tree = treeOf(leaves);
const at = (size: number) => ({ size, head: heads[size]! });

/** What a proof may be turned into by somebody who wishes it to show something else. */
function mutantsOf(proof: readonly Buffer[]): (readonly Uint8Array[])[] {
  const other = hashOfLeaf('another');
  return [
    [...proof, other],
    [other, ...proof],
    ...proof.flatMap((hash, n) => [
      proof.toSpliced(n, 1),
      proof.toSpliced(n, 1, other),
      proof.toSpliced(n, 0, hash),
      proof.toSpliced(n, 1, hash.subarray(1)),
      proof.toSpliced(n, 1, Buffer.from(hash.map((byte, i) => (i === 31 ? byte ^ 1 : byte)))),
      ...(n === 0 ? [] : [proof.toSpliced(n - 1, 2, hash, proof[n - 1]!)]),
    ]),
  ];
}

describe(`every tree of up to ${LARGEST} leaves`, () => {
  it('has the head that RFC 6962 says', async () => {
    expect(await headOf(tree, 0)).toEqual(EMPTY_TREE);
    for (const size of SIZES) expect(await headOf(tree, size)).toEqual(heads[size]);
  });

  it('proves each leaf in its place, and none that is not there', async () => {
    for (const size of SIZES) {
      for (let leaf = 0; leaf < size; leaf += 1) {
        const proof = await inclusionProof(tree, leaf, size);
        expect(proof).toEqual(path(leaf, leaves.slice(0, size)));
        const hash = hashOfLeaf(leaves[leaf]!);
        expect(isIncluded({ leaf, hash }, at(size), proof)).toBe(true);
        const elsewhere = SIZES.map((n) => n - 1).filter((n) => n !== leaf);
        expect(elsewhere.filter((n) => isIncluded({ leaf: n, hash }, at(size), proof))).toEqual([]);
        const others = [0, ...SIZES].filter((n) => n !== size);
        expect(others.filter((n) => isIncluded({ leaf, hash }, at(n), proof))).toEqual([]);
        const mutants = mutantsOf(proof);
        expect(mutants.filter((mutant) => isIncluded({ leaf, hash }, at(size), mutant))).toEqual([]);
        const another = { leaf, hash: hashOfLeaf(`not ${leaf}`) };
        expect(isIncluded(another, at(size), proof)).toBe(false);
      }
    }
  });

  it('proves that it begins with each smaller one, and with none that it does not', async () => {
    const altered = mth(leaves.with(0, 'altered'));
    for (const size of SIZES) {
      for (let before = 1; before <= size; before += 1) {
        const proof = await consistencyProof(tree, before, size);
        expect(proof).toEqual(subproof(before, leaves.slice(0, size)));
        expect(isGrownFrom(at(before), at(size), proof)).toBe(true);
        const others = [0, ...SIZES].filter((n) => n !== before && n !== size);
        expect(others.filter((n) => isGrownFrom(at(n), at(size), proof))).toEqual([]);
        expect(others.filter((n) => isGrownFrom(at(before), at(n), proof))).toEqual([]);
        expect(mutantsOf(proof).filter((mutant) => isGrownFrom(at(before), at(size), mutant))).toEqual([]);
        expect(isGrownFrom({ size: before, head: altered }, at(size), proof)).toBe(false);
        expect(isGrownFrom(at(before), { size, head: altered }, proof)).toBe(false);
      }
    }
  });
});

describe('of an empty tree', () => {
  it('nothing is proven', () => {
    expect(() => inclusionProof(tree, 0, 0)).toThrow(RangeError);
    expect(() => consistencyProof(tree, 0, 4)).toThrow(RangeError);
    const empty = at(0);
    expect(isIncluded({ leaf: 0, hash: EMPTY_TREE }, empty, [])).toBe(false);
    for (const size of [0, 1, 4]) expect(isGrownFrom(empty, at(size), [])).toBe(false);
  });

  it('nor of what is no tree', () => {
    for (const size of [-1, 0.5, NaN, 2 ** 53]) {
      const odd = { size, head: heads[1]! };
      expect(isIncluded({ leaf: 0, hash: heads[1]! }, odd, [])).toBe(false);
      expect(isIncluded({ leaf: size, hash: heads[1]! }, at(1), [])).toBe(false);
      expect(isGrownFrom(odd, at(1), [])).toBe(false);
      expect(isGrownFrom(at(1), odd, [])).toBe(false);
      expect(() => inclusionProof(tree, size, 1)).toThrow(RangeError);
    }
    expect(() => inclusionProof(tree, 3, 3)).toThrow(RangeError);
    expect(() => consistencyProof(tree, 4, 3)).toThrow(RangeError);
  });
});
