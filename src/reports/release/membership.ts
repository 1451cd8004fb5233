/** A person behind a cell, and what they add to its value: 2 arrests, 15 days, 58,000 hundredths of a currency; 1 where persons are counted. */
export type Member = readonly [personId: string, amount: number];

/**
 * The members of a cell, each person once, ascending by a number that stands for them: 53 bits of a hash, the same in every process and for
 * ever, so that it can be kept.
 */
export interface Membership {
  persons: Float64Array;
  /** Whole numbers. */
  amounts: Float64Array;
}

export function membershipOf(members: Iterable<Member>): Membership {
  const found = new Map<number, number>();
  for (const [personId, amount] of members) {
    const person = numberFor(personId);
    found.set(person, (found.get(person) ?? 0) + amount);
  }
  const persons = Float64Array.from(found.keys()).sort();
  return { persons, amounts: persons.map((person) => found.get(person) ?? 0) };
}

/** The persons of a cell, each counted once. */
export const personsIn = ({ persons }: Membership): Membership => ({
  persons,
  amounts: ones(persons.length),
});

let kept = new Float64Array();

/** The same ones for everybody: most amounts are no others. Not to be written to. */
export function ones(count: number): Float64Array {
  if (kept.length < count) kept = new Float64Array(2 * count).fill(1);
  return kept.subarray(0, count);
}

/** Two multiplying hashes of 32 bits side by side, 53 bits of which make a number. */
export function numberFor(text: string): number {
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

/** The same for the same persons with the same amounts, in 128 bits. */
export function nameOf({ persons, amounts }: Membership): string {
  const name = new Int32Array([1, 2, 3, 4]);
  const number = new Float64Array(2);
  const words = new Int32Array(number.buffer);
  for (let i = 0; i < persons.length; i++) {
    number[0] = persons[i]!;
    number[1] = amounts[i]!;
    for (let j = 0; j < 4; j++) {
      const mixed = Math.imul(name[j]! ^ words[j]!, MIXERS[j]!) ^ (name[(j + 3) % 4]! >>> 13);
      name[j] = Math.imul(mixed ^ (mixed >>> 15), 0x9e3779b1);
    }
  }
  return [persons.length, persons[0], ...name].join();
}

const MIXERS = new Int32Array([0x01000193, 0x5bd1e995, 0xc2b2ae35, 0x27d4eb2f]);
