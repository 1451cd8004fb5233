import { describe, expect, it } from '@jest/globals';
import { mintApiKey, parseApiKey } from './api-key.js';

describe('an API key', () => {
  it('as it is made is recognised, with its id, and no two are alike', () => {
    const keys = Array.from({ length: 100 }, mintApiKey);
    for (const key of keys) {
      expect(parseApiKey(key.text)).toEqual(key);
      expect(key.text).toMatch(/^hb_[0-9a-f]{16}_[\w-]{43}$/);
    }
    expect(new Set(keys.map(({ text }) => text)).size).toBe(100);
  });

  it('may have _ and - in its last part', () => {
    expect(parseApiKey(`hb_abcd1234_${'_-'.repeat(21)}_`)?.keyId).toBe('abcd1234');
  });

  it.each([
    '',
    'hb_',
    `hb_abcd_${'x'.repeat(42)}`,
    `hb_abcd_${'x'.repeat(44)}`,
    `hb__${'x'.repeat(43)}`,
    `xx_abcd_${'x'.repeat(43)}`,
    `hb_abcd_${'x'.repeat(42)}é`,
  ])('%j is none', (text) => expect(parseApiKey(text)).toBeUndefined());
});
