import { describe, expect, it } from '@jest/globals';
import { fileFor } from './terminal.js';

const CSV = Buffer.from('\uFEFF"name"\r\n"\u202Eevil\u001B[2K"\r\n');

describe('a file on standard output', () => {
  it('goes on to another program byte for byte', () => {
    expect(fileFor({ isTTY: false }, CSV)).toBe(CSV);
  });

  it('is no command to the screen that shows it', () => {
    expect(fileFor({ isTTY: true }, CSV)).toBe('\uFEFF"name"\n"\\u202eevil\\u001b[2K"\n');
  });
});
