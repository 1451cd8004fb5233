import { describe, expect, it } from '@jest/globals';
import { nextPageOf } from './next-page.js';

describe('the next page', () => {
  it.each([
    ['/v1/cases', '/v1/cases?cursor=abc'],
    ['/v1/cases?limit=2&name=%D0%9A', '/v1/cases?limit=2&name=%D0%9A&cursor=abc'],
    ['/v1/cases?cursor=xyz&limit=2', '/v1/cases?cursor=abc&limit=2'],
  ])('after %s is at %s', (url, next) => {
    expect(nextPageOf(url, 'abc')).toBe(next);
  });
});
