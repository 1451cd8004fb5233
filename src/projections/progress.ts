import type { BuildProgress } from './news.js';
import type { GenerationRow } from './tables.js';

/** Reckoned from the rate so far; never below zero, and never more done than there is. */
export function progressOf(
  row: Pick<GenerationRow, 'events' | 'events_expected' | 'events_per_second'>,
): BuildProgress {
  const total = row.events_expected === null ? null : Math.max(row.events_expected, row.events);
  const rate = row.events_per_second;
  return {
    done: row.events,
    total,
    eventsPerSecond: rate === null ? null : Math.round(rate),
    secondsLeft: total === null || !rate ? null : Math.ceil((total - row.events) / rate),
  };
}

/** How fast a build goes, over what this process has done of it: what was done before a restart says nothing of now. */
export class Pace {
  #events = 0;

  constructor(private readonly startedAt: Date) {}

  count(events: number, now: Date): number | null {
    this.#events += events;
    const seconds = (now.getTime() - this.startedAt.getTime()) / 1000;
    return seconds > 0 ? this.#events / seconds : null;
  }
}
