import { describe, expect, it } from '@jest/globals';
import { isGrownFrom, isIncluded, type TreeHead } from '../../src/transparency/merkle/checking.js';
import { EMPTY_TREE, hashOfLeaf } from '../../src/transparency/merkle/hashing.js';
import { consistencyProof, headOf, inclusionProof } from '../../src/transparency/merkle/proofs.js';
import { leavesOf, mth, path, subproof, treeOf } from './support/small-trees.js';

const LARGEST = 64;
const SIZES = Array.from({ length: LARGEST }, (_, n) => n + 1);
const COMPLETE = [1, 2, 4, 8, 16, 32, 64];
const leaves = leavesOf(LARGEST);
const heads = [0, ...SIZES].map((size) => mth(leaves.slice(0, size)));
const tree = treeOf(leaves);
const hashes = leaves.map((leaf) => hashOfLeaf(leaf));
const altered = mth(leaves.with(0, 'altered'));
const at = (size: number) => ({ size, head: heads[size]! });

const other = hashOfLeaf('another');

/** What a proof may be turned into by somebody who wishes it to show something else. */
function mutantsOf(proof: readonly Buffer[]): (readonly Uint8Array[])[] {
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

/** Trees that somebody might take for the one of this size: those beside it, and the complete ones. */
const likeliest = (size: number): number[] =>
  [...new Set([0, size - 1, size + 1, ...COMPLETE])].filter((n) => n >= 0 && n <= LARGEST && n !== size);

/** In one text: comparing buffers one by one takes longer than making the proofs. */
const textOf = (proof: readonly Uint8Array[]): string => Buffer.concat(proof).toString('hex');

describe(`every tree of up to ${LARGEST} leaves`, () => {
  it('has the head that RFC 6962 says', async () => {
    expect(await headOf(tree, 0)).toEqual(EMPTY_TREE);
    const found = await Promise.all(SIZES.map((size) => headOf(tree, size)));
    expect(found).toEqual(heads.slice(1));
  });

  it.each(SIZES)('proves each leaf in its place, and none that is not there: %i', async (size) => {
    const [of, others] = [leaves.slice(0, size), likeliest(size)];
    const wrong: string[] = [];
    for (let leaf = 0; leaf < size; leaf += 1) {
      const proof = await inclusionProof(tree, leaf, size);
      const hash = hashes[leaf]!;
      const isTaken = (place: number, count: number, shown: readonly Uint8Array[], what = hash): boolean =>
        isIncluded({ leaf: place, hash: what }, at(count), shown);
      if (textOf(proof) !== textOf(path(leaf, of)))
        wrong.push(`${leaf} has another proof than it should have`);
      if (!isTaken(leaf, size, proof)) wrong.push(`${leaf} is not proven`);
      if (SIZES.some((n) => n - 1 !== leaf && isTaken(n - 1, size, proof))) wrong.push(`${leaf} elsewhere`);
      if (others.some((n) => isTaken(leaf, n, proof))) wrong.push(`${leaf} in another tree`);
      if (mutantsOf(proof).some((mutant) => isTaken(leaf, size, mutant))) wrong.push(`${leaf} by a mutant`);
      if (isTaken(leaf, size, proof, hashOfLeaf(`not ${leaf}`))) wrong.push(`another in place of ${leaf}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(SIZES)(
    'proves that it begins with each smaller one, and with none that it does not: %i',
    async (size) => {
      const of = leaves.slice(0, size);
      const wrong: string[] = [];
      for (let before = 1; before <= size; before += 1) {
        const proof = await consistencyProof(tree, before, size);
        const isTaken = (earlier: TreeHead, later: TreeHead, shown: readonly Uint8Array[] = proof): boolean =>
          isGrownFrom(earlier, later, shown);
        if (textOf(proof) !== textOf(subproof(before, of)))
          wrong.push(`${before} has another proof than it should have`);
        if (!isTaken(at(before), at(size))) wrong.push(`${before} is not proven`);
        if (likeliest(before).some((n) => n !== size && isTaken(at(n), at(size))))
          wrong.push(`another one than ${before}`);
        if (likeliest(size).some((n) => n !== before && isTaken(at(before), at(n))))
          wrong.push(`${before} in another one`);
        if (mutantsOf(proof).some((mutant) => isTaken(at(before), at(size), mutant)))
          wrong.push(`${before} by a mutant`);
        if (isTaken({ size: before, head: altered }, at(size))) wrong.push(`an altered ${before}`);
        if (isTaken(at(before), { size, head: altered })) wrong.push(`${before} in an altered one`);
      }
      expect(wrong).toEqual([]);
    },
  );
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
