import type { Terminal } from '../../src/cli/terminal.js';

/** A terminal without colours that nobody watches; what is said to it is lost unless somebody listens. */
export const quietTerminal = (ears: Partial<Terminal> = {}): Terminal => ({
  out: () => undefined,
  file: () => undefined,
  say: () => undefined,
  watched: false,
  bold: (text) => text,
  dim: (text) => text,
  added: (text) => text,
  removed: (text) => text,
  env: {},
  ...ears,
});
