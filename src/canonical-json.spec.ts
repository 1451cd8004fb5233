import { expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

it('the order of members makes no difference, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      const text = canonicalJson(plain);
      expect(text).toBe(canonicalJson(reversed(plain)));
      expect(JSON.parse(text)).toEqual(plain);
    }),
  );
});

it('the order of a list does, and so does a number written as text', () => {
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  expect(canonicalJson({ days: 15 })).not.toBe(canonicalJson({ days: '15' }));
});

it('no body at all is a value too', () => expect(canonicalJson(undefined)).toBe('null'));

it('is written as another program writes RFC 8785', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      expect(canonicalJson(plain)).toBe(canonicalize(plain));
    }),
  );
});
