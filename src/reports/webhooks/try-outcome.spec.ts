import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_TRIES } from './back-off.js';
import { outcomeOf } from './try-outcome.js';

const NOW = new Date('2020-01-27T10:00:00.000Z');
const answered = (status: number, retryAfter: string | null = null) => ({ status, retryAfter });

describe('a try', () => {
  it('has delivered what is answered with a status from 200 to 299, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), fc.integer({ min: 1, max: 20 }), (status, tries) => {
        const { kind, seen } = outcomeOf(answered(status), tries, NOW, 0.5);
        const taken = status >= 200 && status <= 299;
        expect(kind === 'delivered').toBe(taken);
        expect(seen.failure).toBe(taken ? null : `status-${status}`);
      }),
    );
  });

  it.each([301, 307, 400, 404, 429, 500, 502, 503, 504])('answered with %d is made again later', (status) => {
    expect(outcomeOf(answered(status), 1, NOW, 0.5)).toEqual({
      kind: 'failed',
      settlement: { kind: 'retry', notBefore: '2020-01-27T10:00:05.000Z' },
      seen: { failure: `status-${status}` },
    });
  });

  it('that was not answered is made again later', () => {
    for (const code of ['timed-out', 'not-reached'] as const)
      expect(outcomeOf({ status: undefined, code }, 2, NOW, 0.5)).toEqual({
        kind: 'failed',
        settlement: { kind: 'retry', notBefore: '2020-01-27T10:00:15.000Z' },
        seen: { failure: code },
      });
  });

  it('is made again when the receiver asks for it', () => {
    const { settlement } = outcomeOf(answered(429, 'Mon, 27 Jan 2020 12:00:00 GMT'), 1, NOW, 0);
    expect(settlement).toEqual({ kind: 'retry', notBefore: '2020-01-27T12:00:00.000Z' });
  });

  it('is made ten times, and no more', () => {
    const kinds = Array.from({ length: 12 }, (_, n) => outcomeOf(answered(500), n + 1, NOW, 0.5).kind);
    expect(MOST_TRIES).toBe(10);
    expect(kinds).toEqual([...Array<string>(9).fill('failed'), 'parked', 'parked', 'parked']);
    const { settlement } = outcomeOf({ status: undefined, code: 'timed-out' }, 10, NOW, 0.5);
    expect(settlement).toEqual({ kind: 'park', code: 'timed-out' });
  });

  it('that is answered with 410 is the last one', () => {
    for (const tries of [1, MOST_TRIES])
      expect(outcomeOf(answered(410), tries, NOW, 0.5)).toMatchObject({
        kind: 'gone',
        seen: { failure: 'status-410', gone_at: NOW.toISOString() },
      });
  });
});
