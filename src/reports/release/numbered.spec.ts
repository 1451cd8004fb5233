import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Numbered } from './numbered.js';

it('persons keep the place at which they came first, however many come and whatever their numbers share', () => {
  const numbers = fc.oneof(
    fc.maxSafeNat(),
    fc.nat(50),
    fc.nat(9).map((high) => high * 2 ** 40),
  );
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 300 }), fc.maxSafeNat(), (persons, other) => {
      const numbered = new Numbered();
      const distinct = [...new Set(persons)];
      expect(persons.map((person) => numbered.placeOf(person))).toEqual(
        persons.map((person) => distinct.indexOf(person)),
      );
      expect([...numbered.persons]).toEqual(distinct);
      expect(numbered.has(other)).toBe(distinct.includes(other));
    }),
  );
});
