import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Waits for a line: false if it says `q`, or if none comes any more. */
export async function nextOn(input: NodeJS.ReadableStream): Promise<boolean> {
  // Not as a terminal: Ctrl-C stays a signal, which takes the key of this command back.
  const lines = createInterface({ input, terminal: false });
  try {
    const ended = once(lines, 'close').then(() => 'q');
    const line = once(lines, 'line').then(([text]) => String(text));
    return !(await Promise.race([line, ended])).trim().toLowerCase().startsWith('q');
  } finally {
    lines.close();
  }
}
