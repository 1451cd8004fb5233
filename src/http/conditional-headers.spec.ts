import { describe, expect, it } from '@jest/globals';
import { HabeasError } from '../errors.js';
import { etagOf, isCorrelationId, parseIdempotencyKey, parseIfMatch } from './conditional-headers.js';

const refusal = (pointer: string): unknown =>
  expect.objectContaining({ kind: 'malformed', details: { errors: [expect.objectContaining({ pointer })] } });

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    expect(error).toBeInstanceOf(HabeasError);
    return error;
  }
}

describe('If-Match', () => {
  it('gives back the revision that an ETag told', () => {
    for (const revision of [0, 3, 1_000_000]) expect(parseIfMatch(etagOf(revision))).toBe(revision);
    expect(parseIfMatch(undefined)).toBeUndefined();
  });

  it.each(['3', '*', '"3", "4"', 'W/"3"', '"03"', '"-1"', '"3.5"', '""', '"9999999999999999"'])(
    '%s is refused: it does not name one revision',
    (header) => expect(thrownBy(() => parseIfMatch(header))).toEqual(refusal('/headers/if-match')),
  );
});

describe('Idempotency-Key', () => {
  it.each(['a', 'desk 7: 2020-01-27/3', 'x'.repeat(255)])('%s is taken as it is', (header) => {
    expect(parseIdempotencyKey(header)).toBe(header);
  });

  it.each(['', 'x'.repeat(256), 'tab\there', 'Кazlou'])('%j is refused', (header) => {
    expect(thrownBy(() => parseIdempotencyKey(header))).toEqual(refusal('/headers/idempotency-key'));
  });
});

describe('X-Correlation-Id', () => {
  it.each(['a', 'A-1.b_c:d', 'x'.repeat(128)])('%s is one', (header) =>
    expect(isCorrelationId(header)).toBe(true),
  );

  it.each(['', 'x'.repeat(129), 'two words', 'a\n{"level":"error"}', 'ф'])('%j is none', (header) =>
    expect(isCorrelationId(header)).toBe(false),
  );
});
