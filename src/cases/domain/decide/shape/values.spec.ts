import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from '../../../../../test/support/given-when-then.js';
import { Refusal } from '../../refusal.js';
import { list, object, optional, otherwise, type Reader } from './reading.js';
import { circumstance, date, money, oneOf, source, text, uuid, whole } from './values.js';

const pointerOf = (reader: Reader<unknown>, value: unknown): unknown => {
  const outcome = outcomeOf(() => reader(value, '/body'));
  return outcome instanceof Refusal ? `${outcome.code} ${outcome.pointer}` : outcome;
};

const thing = object<{ id: string; size?: number; kind: string }>({
  id: uuid,
  size: optional(whole(1, 9)),
  kind: otherwise('plain', oneOf(['plain', 'odd'])),
});
const id = 'a0000000-0000-4000-8000-000000000001';

describe('reading an object', () => {
  it('copies its members and nothing else', () => {
    class Sent {
      constructor(
        readonly id: string,
        readonly size?: number,
      ) {}
    }
    const sent = new Sent(id);
    const read = thing(sent, '/body');
    expect(read).toStrictEqual({ id, kind: 'plain' });
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it.each([
    [{ id, size: 10 }, 'invalid-field /body/size'],
    [{ id, size: null }, 'invalid-field /body/size'],
    [{ id, size: '3' }, 'invalid-field /body/size'],
    [{ size: 1 }, 'missing-field /body/id'],
    [{ id, more: 1 }, 'unknown-member /body/more'],
    [{ id, 'a/b~c': 1 }, 'unknown-member /body/a~1b~0c'],
    [JSON.parse(`{ "id": "${id}", "__proto__": {} }`), 'unknown-member /body/__proto__'],
    [{ id, constructor: 1 }, 'unknown-member /body/constructor'],
    [{ id: id.toUpperCase() }, 'invalid-field /body/id'],
    [{ id, kind: 'none' }, 'invalid-field /body/kind'],
    [[], 'invalid-field /body'],
    [null, 'invalid-field /body'],
    ['text', 'invalid-field /body'],
  ])('points to the fault in %j', (value, expected) => {
    expect(pointerOf(thing, value)).toBe(expected);
  });

  it('points into lists', () => {
    const things = list(thing, 1, 2);
    expect(pointerOf(things, [{ id }, { id, size: 0 }])).toBe('invalid-field /body/1/size');
    expect(pointerOf(things, [])).toBe('invalid-field /body');
    expect(pointerOf(things, [{ id }, { id }, { id }])).toBe('invalid-field /body');
    expect(pointerOf(things, { length: 1 })).toBe('invalid-field /body');
  });
});

describe('reading a text', () => {
  it.each(['', '  ', '\ud800', 'a\0b', 'x'.repeat(16_385), 1, null])('does not take %j', (value) => {
    expect(pointerOf(text, value)).toBe('invalid-field /body');
  });

  it.each(['x', 'x'.repeat(16_384), 'Дзмітрый', '👁️'])('takes others', (value) => {
    expect(pointerOf(text, value)).toBe(value);
  });
});

describe('reading a date', () => {
  it.each([
    '2020-02-30',
    '2020-13',
    'yesterday',
    '201X',
    '',
    '2020-01-01T10:00:00',
    20_200_101,
    `2020${' '.repeat(70)}`,
  ])('does not take %j', (value) => {
    expect(pointerOf(date, value)).toBe('invalid-date /body');
  });

  it.each(['2020-01-27', '2019-12-XX', '[..2020-02-07]', '2019-11/2020-01', '2020-01-27T10:00:00+03:00'])(
    'takes %s',
    (value) => {
      expect(pointerOf(date, value)).toBe(value);
    },
  );

  it('is asked of every date a fact carries', () => {
    const said = object(circumstance);
    const cited = { citation: 'press', kind: 'press', confidential: false, published: '2020-02-30' };
    expect(pointerOf(said, { at: '2020-02-30' })).toBe('invalid-date /body/at');
    expect(pointerOf(said, { sources: [cited] })).toBe('invalid-date /body/sources/0/published');
  });
});

describe('reading a source', () => {
  const cited = { citation: 'press', kind: 'press', confidential: false };

  it('takes only addresses that a browser opens as a page', () => {
    expect(pointerOf(source, { ...cited, url: 'https://spring96.org/be' })).toMatchObject(cited);
    expect(pointerOf(source, { ...cited, url: 'javascript:alert(1)' })).toBe('invalid-field /body/url');
    expect(pointerOf(source, { ...cited, url: 'file:///etc/passwd' })).toBe('invalid-field /body/url');
  });
});

describe('reading money', () => {
  it.each([
    [{ value: '510.00', currency: 'ZZZ' }, 'unknown-currency /body/currency'],
    [{ value: '510.001', currency: 'BYN' }, 'invalid-money /body/value'],
    [{ value: '0.00', currency: 'BYN' }, 'invalid-money /body/value'],
    [{ value: '-1', currency: 'BYN' }, 'invalid-money /body/value'],
    [{ value: 510, currency: 'BYN' }, 'invalid-money /body/value'],
    [{ value: '1', currency: 'BYN', qualifier: 'maybe' }, 'invalid-field /body/qualifier'],
  ])('points to the fault in %j', (value, expected) => {
    expect(pointerOf(money, value)).toBe(expected);
  });

  it('keeps it as it was written', () => {
    const written = { value: '510.5', currency: 'BYN', qualifier: 'at_least' };
    expect(pointerOf(money, written)).toEqual(written);
  });
});
