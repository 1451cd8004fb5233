import { SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

export interface Progress {
  /** The bar stays empty while `total` is not known; `note` is shown at the end of the line. */
  show(done: number, total: number | undefined, note?: string): void;
  end(): void;
}

/** A bar on the terminal; nothing where nobody watches. */
export function progressOn(terminal: Terminal, what: string): Progress {
  if (!terminal.watched) return { show: () => undefined, end: () => undefined };
  const bar = new SingleBar({
    format: `${what}  {bar}  {value}{of}  {note}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    stream: process.stderr,
    gracefulExit: true,
  });
  let begun = false;
  return {
    show: (done, total, note = '') => {
      const shown = { of: total === undefined ? '' : ` of ${total}`, note };
      if (!begun) bar.start(total ?? Infinity, done, shown);
      begun = true;
      bar.setTotal(total ?? Infinity);
      bar.update(done, shown);
    },
    end: () => bar.stop(),
  };
}

/** `4 s`, `2 min 5 s`, `1 h 4 min`. */
export function inWords(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
