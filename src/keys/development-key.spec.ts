import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { developmentKey, isDevelopmentKey } from './development-key.js';

it('a key that a start outside of production makes is known by itself, and differs from every other', () => {
  const key = developmentKey();
  expect(key).toHaveLength(32);
  expect(isDevelopmentKey(Buffer.from(key))).toBe(true);
  expect(developmentKey()).not.toEqual(key);
});

it('a key that was drawn, or of which a bit is another, is none', () => {
  for (let index = 0; index < 1_000; index++) expect(isDevelopmentKey(randomBytes(32))).toBe(false);
  for (let bit = 0; bit < 256; bit++) {
    const other = developmentKey();
    other[bit >> 3]! ^= 1 << (bit & 7);
    expect(isDevelopmentKey(other)).toBe(false);
  }
  expect(isDevelopmentKey(Buffer.alloc(0))).toBe(false);
});
