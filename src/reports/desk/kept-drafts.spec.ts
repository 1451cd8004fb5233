import { describe, expect, it } from '@jest/globals';
import type { Draft } from '../gathering/gathering.js';
import { KeptDrafts } from './kept-drafts.js';

const draft = (text: string): Draft => ({ knownAt: '', position: '', text });

describe('kept reports', () => {
  it('are those that were asked for last', () => {
    const kept = new KeptDrafts(2, 100);
    for (const one of ['a', 'b']) kept.keep(one, draft(one));
    kept.find('a');
    kept.keep('c', draft('c'));
    expect(['a', 'b', 'c'].map((one) => kept.find(one)?.text)).toEqual(['a', undefined, 'c']);
  });

  it('are no larger together than they may be, but for the last', () => {
    const kept = new KeptDrafts(9, 10);
    for (const one of ['aaaa', 'bbbb', 'cccc']) kept.keep(one, draft(one));
    expect(['aaaa', 'bbbb', 'cccc'].map((one) => kept.find(one)?.text)).toEqual([undefined, 'bbbb', 'cccc']);
    kept.keep('long', draft('d'.repeat(11)));
    expect(['bbbb', 'cccc', 'long'].map((one) => kept.find(one)?.text.length)).toEqual([
      undefined,
      undefined,
      11,
    ]);
  });

  it('take the place of one that was kept for the same', () => {
    const kept = new KeptDrafts(9, 10);
    for (let n = 0; n < 9; n += 1) kept.keep('a', draft('aaaa'));
    kept.keep('b', draft('bbbb'));
    expect(kept.find('a')?.text).toBe('aaaa');
  });
});
