/** How long a store is asked again that cannot be reached, or cannot say what it did. In milliseconds. */
export interface Patience {
  forMs: number;
  everyMs: number;
}

/** What whoever waits for a long piece of work is told, and how they end it. */
export interface Watch {
  /** So many events are done. */
  show(done: number): void;
  /** A store fails in a way that may pass; it is tried again. The reason quotes nothing. */
  trouble(reason: string): void;
  /** The work ends between two events, or after the append in hand, by throwing the signal's reason. */
  signal: AbortSignal;
  /** Absent: two minutes. */
  patience?: Patience;
}
