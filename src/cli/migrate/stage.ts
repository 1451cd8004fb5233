import { inWords, progressOn, type Progress } from '../progress.js';
import type { Terminal } from '../terminal.js';

const DRAW_EVERY_MS = 100;
const LINE_EVERY_MS = 30_000;
/** How fast it goes is told of so long a time. */
const PACE_OVER_MS = 20_000;

/** One stage of long work as whoever waits sees it: a bar where a person watches, elsewhere a line now and then. */
export class Stage {
  readonly #bar: Progress;
  /** When it was shown how much was done: all that the pace is told of, and one before. */
  readonly #shown: { at: number; done: number }[] = [];
  #trouble: string | undefined;
  #latest: { done: number; total: number | undefined } = { done: 0, total: undefined };

  constructor(
    private readonly terminal: Terminal,
    private readonly what: string,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#bar = progressOn(terminal, what);
    if (!terminal.watched) terminal.say(`${what} …`);
  }

  show(done: number, total: number | undefined): void {
    const now = this.now();
    const shownAt = this.#shown.at(-1)?.at;
    this.#latest = { done, total };
    this.#trouble = undefined;
    if (shownAt === undefined) this.#shown.push({ at: now, done });
    else if (now - shownAt >= (this.terminal.watched ? DRAW_EVERY_MS : LINE_EVERY_MS)) this.#tell(now);
  }

  trouble(reason: string): void {
    if (this.terminal.watched) this.#draw(`${reason}; trying again`);
    else if (this.#trouble !== reason) this.terminal.say(`${this.what}: ${reason}; trying again`);
    this.#trouble = reason;
  }

  end(): void {
    if (this.terminal.watched && this.#shown.length > 0) this.#tell(this.now());
    this.#bar.end();
  }

  #tell(now: number): void {
    const { done, total } = this.#latest;
    const pace = this.#pace(now);
    if (this.terminal.watched) this.#draw(pace);
    else this.terminal.say(`${this.what}: ${inNumbers(done)}${of(total)} events, ${pace}`);
  }

  #draw(note: string): void {
    this.#bar.show(this.#latest.done, this.#latest.total, note);
  }

  #pace(now: number): string {
    const { done, total } = this.#latest;
    this.#shown.push({ at: now, done });
    while ((this.#shown[1]?.at ?? now) <= now - PACE_OVER_MS) this.#shown.shift();
    const since = this.#shown[0] ?? { at: now, done };
    const perSecond = (done - since.done) / Math.max((now - since.at) / 1_000, 0.001);
    const left =
      total === undefined || perSecond === 0 ? '' : `, ${inWords((total - done) / perSecond)} left`;
    return `${inNumbers(Math.round(perSecond))} events/s${left}`;
  }
}

export const inNumbers = (count: number): string => count.toLocaleString('en');

const of = (total: number | undefined): string => (total === undefined ? '' : ` of ${inNumbers(total)}`);
