/** One thing that one person adds to a cell. What the same person adds otherwise, a corrected value too, is another contribution. */
export type Member = readonly [personId: string, contribution: string];

/**
 * The persons behind a cell and what they add to it, as numbers that stand for them: 53 bits of a hash, the same in every process and for
 * ever, so that they can be kept. Side by side, each contribution once, ascending.
 */
export interface Membership {
  persons: Float64Array;
  contributions: Float64Array;
}

export function membershipOf(members: Iterable<Member>): Membership {
  const found = new Map<number, number>();
  for (const [personId, contribution] of members)
    found.set(numberFor(`${personId}\n${contribution}`), numberFor(personId));
  const contributions = Float64Array.from(found.keys()).sort();
  return { persons: contributions.map((each) => found.get(each) ?? 0), contributions };
}

/** The persons of a cell, each counted once. */
export function personsIn({ persons }: Membership): Membership {
  const distinct = Float64Array.from(new Set(persons)).sort();
  return { persons: distinct, contributions: distinct };
}

/** Two multiplying hashes of 32 bits side by side, 53 bits of which make a number. */
function numberFor(text: string): number {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193) ^ (a >>> 13);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  }
  a = Math.imul(a ^ (b >>> 16), 0x85ebca6b);
  b = Math.imul(b ^ (a >>> 13), 0xc2b2ae35);
  a ^= b >>> 15;
  return (a >>> 0) * 0x20_0000 + (b >>> 11);
}
