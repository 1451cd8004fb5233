import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { membershipOf, nameOf } from '../release/membership.js';
import { readableIn, type PublishedCell } from '../release/published-cell.js';
import { isPacked, packedCells, unpackedCells } from './packed-cells.js';

const amounts = fc.oneof(fc.constant(1), fc.nat(300), fc.maxSafeNat(), fc.constant(Infinity));
const memberships = fc
  .array(fc.tuple(fc.uuid(), amounts), { maxLength: 12 })
  .map((members) => membershipOf(new Map(members)));
const cells = fc.record({ universe: fc.constantFrom('arrests', 'days'), membership: memberships });
const reports = fc.array(
  fc.record({
    universe: fc.constantFrom('persons', 'charges'),
    membership: memberships,
    also: fc.array(cells, { maxLength: 2 }),
  }),
  { maxLength: 6 },
);

/** Each once, in an order of their own. */
const spelled = (all: readonly PublishedCell[]): string[] =>
  [
    ...new Set(
      all
        .flatMap(readableIn)
        .map(({ universe, membership }) =>
          [universe, nameOf(membership), ...membership.persons, '|', ...membership.amounts].join(' '),
        ),
    ),
  ].toSorted();

describe('the cells of issued reports, packed', () => {
  it('are the same when they are unpacked, of all reports together each once', () => {
    fc.assert(
      fc.property(reports, reports, (one, other) => {
        const unpacked = unpackedCells([packedCells(one), packedCells(other), packedCells(one)]);
        expect(spelled(unpacked)).toEqual(spelled([...one, ...other]));
        expect(unpacked).toHaveLength(
          new Set(unpacked.map(({ universe, membership }) => JSON.stringify([universe, nameOf(membership)])))
            .size,
        );
      }),
    );
  });

  it('take a byte or two for a person whom more than one cell has', () => {
    const ids = Array.from({ length: 2_000 }, (_, n) => `case-${n}`);
    const whole = membershipOf(ids.map((id) => [id, 1]));
    const halves = Array.from({ length: 20 }, (_, n) => membershipOf(ids.slice(n).map((id) => [id, 1])));
    const packed = packedCells([whole, ...halves].map((membership) => ({ universe: 'persons', membership })));
    expect(packed.length).toBeLessThan(ids.length * 8 + 21 * ids.length);
  });

  it('are made anew where a byte has changed, or another program has packed them', () => {
    const packed = packedCells([{ universe: 'arrests', membership: membershipOf([['one', 2]]) }]);
    expect(isPacked(packed)).toBe(true);
    for (const at of packed.keys()) {
      const damaged = packed.with(at, packed[at]! ^ 1);
      expect(isPacked(damaged)).toBe(false);
    }
    expect(isPacked(new Uint8Array())).toBe(false);
  });
});
