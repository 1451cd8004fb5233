import { expect, it } from '@jest/globals';
import { createLog, traceOf } from './log.js';

it('a line is JSON with its level in words, and says nothing of the machine', () => {
  const lines: string[] = [];
  createLog({ logLevel: 'info' }, { write: (line) => lines.push(line) }).warn({ status: 503 }, 'request');
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'warn',
    time: expect.stringMatching(/Z$/),
    status: 503,
    event: 'request',
  });
});

it('of an unknown error its kind and its places in the code are told, never its message', () => {
  const error = Object.assign(new TypeError('cannot read Kazlou\nof undefined'), { code: 'E_ODD' });
  expect(traceOf(error)).toEqual({
    error: 'TypeError',
    code: 'E_ODD',
    trace: expect.stringContaining('log.spec'),
  });
  expect(JSON.stringify(traceOf(error))).not.toContain('Kazlou');
  expect(traceOf('Kazlou')).toEqual({ error: 'string' });
});
