import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BehindSoFar } from '../figures/behind.js';
import { membershipOf } from './membership.js';
import { Persons } from './persons.js';

const counted = fc.array(
  fc.record({ id: fc.uuid(), things: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 3 }) }),
  { maxLength: 20 },
);

it('who is behind a cell is the same, counted person by person or taken together at once', () => {
  fc.assert(
    fc.property(counted, (persons) => {
      const so = new BehindSoFar();
      persons.forEach(({ things }, place) =>
        things.forEach(([narrow, more], i) =>
          i === 0 ? so.begin(place, narrow, narrow + more) : so.more(narrow, narrow + more),
        ),
      );
      const behind = so.behind();
      // A figure that copies another asks once more.
      expect(so.behind()).toEqual(behind);
      const membership = new Persons(persons.map(({ id }) => id)).memberships(behind);
      const there = persons.filter(({ things }) => things.length > 0);
      const sum = (amount: (thing: readonly [number, number]) => number) =>
        membershipOf(
          there.flatMap(({ id, things }) => things.map((thing): [string, number] => [id, amount(thing)])),
        );
      expect(membership(behind.least)).toEqual(sum(([narrow]) => narrow));
      expect(membership(behind.most ?? behind.least)).toEqual(sum(([narrow, more]) => narrow + more));
      expect(membership().persons).toEqual(sum(() => 1).persons);
    }),
  );
});
