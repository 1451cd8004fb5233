import { expect, it } from '@jest/globals';
import { parsePurpose } from './purpose.js';

it.each([
  [undefined, undefined],
  ['call of the mother', 'call of the mother'],
  [encodeURIComponent('візіт адваката'), 'візіт адваката'],
  [encodeURIComponent('𐌸'.repeat(100)), '𐌸'.repeat(100)],
  ['  50%25 ', '50%'],
])('%j means %j', (header, purpose) => expect(parsePurpose(header)).toBe(purpose));

it.each([
  '',
  '   ',
  '%',
  '%zz',
  '%ff',
  'a\tb',
  'a%09b',
  'a%00b',
  'a%C2%85b',
  'a%E2%80%A8b',
  'a%E2%80%AEb',
  'віз',
  encodeURIComponent('𐌸'.repeat(101)),
  [['one', 'two']],
])('%j is refused', (header) =>
  expect(() => parsePurpose(header as string)).toThrow('the header x-purpose must be'),
);
