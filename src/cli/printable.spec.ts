import { expect, it } from '@jest/globals';
import { styleText } from 'node:util';
import { printable } from './printable.js';

it('text that would wipe a line, move up, hide itself or turn around is shown as what it is', () => {
  expect(printable('NOT PROVEN\u001B[1A\u001B[2K\rPROVEN')).toBe(
    String.raw`NOT PROVEN\u001b[1A\u001b[2K\u000dPROVEN`,
  );
  expect(printable('\u001B[8mhidden \u009B1A \u202Eback \u0007')).toBe(
    String.raw`\u001b[8mhidden \u009b1A \u202eback \u0007`,
  );
});

it('all else is left as it is, the styles of this program too', () => {
  const bold = styleText(['bold', 'green'], 'Дзмітрый Казлоў', { validateStream: false });
  for (const text of [bold, 'two\nlines\tand a tab', 'ʼ — 20–25 →']) expect(printable(text)).toBe(text);
});
