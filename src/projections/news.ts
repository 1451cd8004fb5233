import type { Position } from '../event-store/event-store.js';

/** What a projector tells whoever hosts it, also across threads: plain data, no name and no content of a fact. */
export type ProjectorNews =
  | { kind: 'applied'; projection: string; position: Position }
  | { kind: 'parked'; projection: string; id: string; key: string; code: string; attempts: number }
  | { kind: 'progress'; projection: string; progress: BuildProgress }
  | { kind: 'rebuilt'; projection: string; events: number }
  /** Of several processes this one does the work from now on, or no longer. */
  | { kind: 'turn'; projection: string; begins: boolean }
  /** `doing` is the work that failed; it is tried again. */
  | { kind: 'trouble'; projection: string; doing: string; message: string };

export interface BuildProgress {
  /** Events read so far. */
  done: number;
  /** Events to read in all, as far as that is known. */
  total: number | null;
  eventsPerSecond: number | null;
  /** Null until there is a rate to reckon with. */
  secondsLeft: number | null;
}
