import { describe, expect, it } from '@jest/globals';
import { inWords } from './progress.js';

describe('the time that is left', () => {
  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [125, '2 min 5 s'],
    [3_840, '1 h 4 min'],
  ])('of %d seconds reads "%s"', (seconds, words) => {
    expect(inWords(seconds)).toBe(words);
  });
});
