import { styleText } from 'node:util';
import { nextOn } from './keyboard.js';
import { printable } from './printable.js';
import type { Environment } from '../settings.js';

/** Where a command talks to: what was asked for goes out, everything about it goes to `say`. */
export interface Terminal {
  /** The answer, on standard output. */
  readonly out: (text: string) => void;
  /** A whole file, on standard output: byte for byte where it goes on to another file or program, and no command to a screen. */
  readonly file: (bytes: Uint8Array) => void;
  /** For the person who waits, on standard error. */
  readonly say: (text: string) => void;
  /** Whether a person watches: only then is progress drawn. */
  readonly watched: boolean;
  /** Plain where standard output takes no colours. */
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  /** Waits for the person at the keyboard; false: enough. Absent where nobody sits there. */
  readonly next?: () => Promise<boolean>;
  readonly env: Environment;
}

export const fileFor = ({ isTTY }: { isTTY: boolean }, bytes: Uint8Array): Uint8Array | string =>
  isTTY ? `${printable(Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n').trimEnd())}\n` : bytes;

export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(`${printable(text)}\n`),
  file: (bytes) => void process.stdout.write(fileFor(process.stdout, bytes)),
  say: (text) => void process.stderr.write(`${printable(text)}\n`),
  watched: process.stderr.isTTY,
  bold: (text) => styleText('bold', text, { stream: process.stdout }),
  dim: (text) => styleText('dim', text, { stream: process.stdout }),
  added: (text) => styleText('green', text, { stream: process.stdout }),
  removed: (text) => styleText('red', text, { stream: process.stdout }),
  ...(process.stdin.isTTY && process.stdout.isTTY ? { next: () => nextOn(process.stdin) } : {}),
  env: process.env,
};
