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

it('a field that is not on the list, or is more than a plain value, is not written', () => {
  const lines: string[] = [];
  const log = createLog({ logLevel: 'debug' }, { write: (line) => lines.push(line) });
  const careless = {
    caseId: 'c-1',
    person: 'Kazlou',
    note: { text: 'Kazlou' },
    reason: { text: 'Kazlou' },
    key: ['Kazlou'],
    error: new Error('Kazlou'),
    __proto__: { route: 'Kazlou' },
  } as unknown as { caseId: string };
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](careless, 'careless');
  log.error(new Error('Kazlou') as unknown as { caseId: string }, 'an error itself');
  expect(lines).toHaveLength(5);
  for (const line of lines.slice(0, 4)) {
    expect(Object.keys(JSON.parse(line) as object)).toEqual(['level', 'time', 'caseId', 'event']);
  }
  expect(lines.join()).not.toContain('Kazlou');
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
