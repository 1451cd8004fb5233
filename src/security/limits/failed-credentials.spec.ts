import { expect, it } from '@jest/globals';
import { delayAfter } from './failed-credentials.js';

it('the first failures are free, and the longest delay is less than a request may take', () => {
  expect([0, 3, 4, 5, 1_000_000].map(delayAfter)).toEqual([0, 0, 100, 200, 5_000]);
});
