import { describe, expect, it } from '@jest/globals';
import { isForeign } from './foreign-position.js';

describe('a position', () => {
  it('is of this store as far as the store goes', () => {
    expect(isForeign('0007', '0007')).toBe(false);
    expect(isForeign('0006', '0007')).toBe(false);
  });

  it('is foreign to a store that is not as far, or empty', () => {
    expect(isForeign('0008', '0007')).toBe(true);
    expect(isForeign('0001', undefined)).toBe(true);
  });

  it('is foreign to a store that writes them longer or shorter, also where it would sort before the head', () => {
    expect(isForeign('0007', '700000')).toBe(true);
    expect(isForeign('000007', '0700')).toBe(true);
  });
});
