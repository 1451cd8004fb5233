import fc from 'fast-check';

/** A body as the text that is sent: some of what spoils one cannot be written as a value. */
export interface SpoiltBody {
  how: string;
  text: string;
}

const DEEP = 10_000;

/** What no member of any body may be. `__proto__` here is a member of that name. */
const STRANGE_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  'a\ud800',
  '\udc00',
  'a\0b',
  '2020-02-30',
  '2019-13-01',
  '9999-99-99T99:99:99Z',
  'x'.repeat(20_000),
  [],
  [null],
  [[[]]],
  {},
  { a: 1 },
  JSON.parse('{"__proto__":{"x":1}}'),
  JSON.parse('{"constructor":{"prototype":{"x":1}}}'),
  { toString: 1 },
  { length: 3 },
];

const STRANGE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'surprise',
  '',
  'a\ud800',
  'x/y~z',
  'kind',
  'caseId',
];

/** Every place of a JSON value, as the keys that lead there. */
function placesIn(value: unknown, above: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...above]];
  return [[...above], ...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...above, key]))];
}

/** A copy with `change` made at a place; what `change` gives undefined for is left out. */
function changedAt(
  value: unknown,
  [key, ...below]: readonly string[],
  change: (there: unknown) => unknown,
): unknown {
  if (key === undefined) return change(value);
  const entries = Object.entries(value as object).flatMap(([name, member]): [string, unknown][] => {
    const changed = name === key ? changedAt(member, below, change) : member;
    return changed === undefined ? [] : [[name, changed]];
  });
  return Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}

const withMember = (there: unknown, name: string, value: unknown): unknown => {
  if (typeof there !== 'object' || there === null || Array.isArray(there)) return { [name]: value };
  const copy: object = { ...there };
  // `copy.__proto__ = …` would not make a member.
  Object.defineProperty(copy, name, { value, enumerable: true });
  return copy;
};

/** Bodies made of one that is well formed, and wrong in one way or another; a few come out well formed all the same. */
export const spoilt = (body: unknown): fc.Arbitrary<SpoiltBody> => {
  const place = fc.constantFrom(...placesIn(body));
  const strange = fc.oneof(fc.constantFrom(...STRANGE_VALUES), fc.jsonValue({ noUnicodeString: false }));
  const changed = (
    how: string,
    change: fc.Arbitrary<(there: unknown) => unknown>,
  ): fc.Arbitrary<SpoiltBody> =>
    fc.tuple(place, change).map(([at, by]) => ({
      how: `${how} at /${at.join('/')}`,
      text: JSON.stringify(changedAt(body, at, by)) ?? '',
    }));
  return fc.oneof(
    {
      weight: 5,
      arbitrary: changed(
        'another value',
        strange.map((value) => () => value),
      ),
    },
    {
      weight: 4,
      arbitrary: changed(
        'one member more',
        fc.tuple(fc.constantFrom(...STRANGE_NAMES), strange).map(
          ([name, value]) =>
            (there) =>
              withMember(there, name, value),
        ),
      ),
    },
    {
      weight: 2,
      arbitrary: changed(
        'one member less',
        fc.constant(() => undefined),
      ),
    },
    { weight: 2, arbitrary: fc.json({ maxDepth: 6 }).map((text) => ({ how: 'any JSON', text })) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => ({ how: 'any text', text })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { how: 'cut off', text: JSON.stringify(body).slice(0, -1) },
        { how: 'deep lists', text: '['.repeat(DEEP) + ']'.repeat(DEEP) },
        { how: 'deep objects', text: '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP) },
        { how: 'a number without end', text: `{"days":${'9'.repeat(5_000)}}` },
        { how: 'an infinite number', text: '{"days":1e999}' },
        { how: 'one member twice', text: `{"at":"2020-01-27",${JSON.stringify(body).slice(1)}` },
      ),
    },
  );
};
