import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { nextOn } from './keyboard.js';

describe('who reads step by step', () => {
  it.each([
    ['goes on with Enter', '\n', true],
    ['goes on with whatever else', 'next\n', true],
    ['ends with q', 'q\n', false],
    ['ends with Quit', ' Quit\n', false],
  ])('%s', async (_, typed, goesOn) => {
    const keyboard = new PassThrough();
    const next = nextOn(keyboard);
    keyboard.write(typed);
    expect(await next).toBe(goesOn);
  });

  it('ends when nothing more can come', async () => {
    const keyboard = new PassThrough();
    const next = nextOn(keyboard);
    keyboard.end();
    expect(await next).toBe(false);
  });

  it('is asked again at the same keyboard', async () => {
    const keyboard = new PassThrough();
    for (let n = 0; n < 3; n++) {
      const next = nextOn(keyboard);
      keyboard.write('\n');
      expect(await next).toBe(true);
    }
  });
});
