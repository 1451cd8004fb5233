import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { neutral } from './neutral.js';

const FORMULA = /^["\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;
const risky = fc.string({ unit: fc.constantFrom(...'=+-@＝＋－＠;,|\t\r\n" \'aЯ1'.split('')) });

describe('a text in a cell', () => {
  it.each(['=1+1', '+375', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '" =1', 'a;=1', 'a\n+1'])(
    '%j begins no formula, whatever the separator',
    (text) => {
      expect(FORMULA.test(text) || /[;\n]/.test(text)).toBe(true);
      for (const piece of neutral(text).split(/[;,|\t\r\n]/)) expect(piece).not.toMatch(FORMULA);
    },
  );

  it('begins none in any piece that a spreadsheet may cut it into', () => {
    fc.assert(
      fc.property(risky, (text) => {
        for (const piece of neutral(text).split(/[;,|\t\r\n]/)) expect(piece).not.toMatch(FORMULA);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays as it is where it could begin none', () => {
    for (const text of ['', 'Dzmitry Kazlou', '2020-01-27', 'a - b', 'x=1', "d'Arc"])
      expect(neutral(text)).toBe(text);
  });
});
