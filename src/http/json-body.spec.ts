import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HabeasError } from '../errors.js';
import { parseJsonBody } from './json-body.js';
import { findFault, MAX_DEPTH, MAX_STRING_BYTES } from './json-faults.js';

const parse = (text: string): unknown => parseJsonBody(Buffer.from(text));

function pointersOf(text: string | Buffer): string[] {
  try {
    parseJsonBody(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof HabeasError)) throw error;
    expect(error.kind).toBe('malformed');
    return (error.details.errors ?? []).map(({ pointer }) => pointer);
  }
  return [];
}

const nested = (depth: number): string => '{"a":'.repeat(depth - 1) + '{}' + '}'.repeat(depth - 1);

describe('a body', () => {
  it('is given as JSON.parse gives it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(findFault(value) === undefined);
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('may be absent', () => expect(parse('')).toBeUndefined());

  it('of two equal members keeps the last', () => expect(parse('{"a":1,"a":2}')).toEqual({ a: 2 }));

  it('may begin with a byte order mark', () => expect(parse('\ufeff{}')).toEqual({}));

  it('that is not JSON is refused without being quoted', () => {
    expect(() => parse('{"name": Dzmitry}')).toThrow('the body is not JSON');
  });

  it('that is not UTF-8 is refused, not repaired', () => {
    expect(pointersOf(Buffer.from([0x22, 0xff, 0x22]))).toEqual(['/body']);
  });

  it.each([
    ['{"__proto__":{"admin":true}}', '/body/__proto__'],
    ['{"a":{"constructor":{"prototype":{}}}}', '/body/a/constructor'],
    ['[{"prototype":1}]', '/body/0/prototype'],
    ['{"a/b":{"c~d":"\\u0000"}}', '/body/a~1b/c~0d'],
    ['{"name":"\\ud800"}', '/body/name'],
    ['{"\\udc00":1}', '/body/\udc00'],
  ])('%s is refused with the place at fault', (text, pointer) => {
    expect(pointersOf(text)).toEqual([pointer]);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it.each(Object.getOwnPropertyNames(Object.prototype))('with a member called %s is refused', (name) => {
    expect(pointersOf(`{"${name}":1}`)).toEqual([`/body/${name}`]);
  });

  it('may be nested to the limit and no deeper', () => {
    expect(pointersOf(nested(MAX_DEPTH))).toEqual([]);
    expect(pointersOf(nested(MAX_DEPTH + 1))).toEqual([`/body${'/a'.repeat(MAX_DEPTH)}`]);
  });

  it.each([10_000, 120_000])('nested %i deep is refused and breaks nothing', (depth) => {
    expect(pointersOf('['.repeat(depth) + ']'.repeat(depth))).toHaveLength(1);
  });

  it('may hold strings to the limit, counted in bytes', () => {
    const longest = 'ў'.repeat(MAX_STRING_BYTES / 2);
    expect(pointersOf(JSON.stringify({ text: longest }))).toEqual([]);
    expect(pointersOf(JSON.stringify({ text: `${longest}x` }))).toEqual(['/body/text']);
  });
});
