/** How long a commit of another process may go unnoticed. Commits of this one are noticed at once. */
const LOOK_EVERY_MS = 100;

/** Wakes those who wait for news: after every commit of this store, and when the file shows another's. */
export class CommitSignal {
  private readonly waiting = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private seen: number | undefined;

  /** `dataVersion` changes when another connection has committed; it may throw while the file cannot be read. */
  constructor(private readonly dataVersion: () => number) {}

  /** Calls `wake` once, at the next news; the result takes the wish back. */
  once(wake: () => void): () => void {
    this.waiting.add(wake);
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS);
    return () => {
      this.waiting.delete(wake);
      if (this.waiting.size === 0) this.rest();
    };
  }

  announce(): void {
    const woken = [...this.waiting];
    this.waiting.clear();
    this.rest();
    for (const wake of woken) wake();
  }

  /** The numbers of one connection say nothing about another's. */
  connectionReplaced(): void {
    this.seen = undefined;
    this.announce();
  }

  private look(): void {
    let version: number | undefined;
    try {
      version = this.dataVersion();
    } catch {
      // Whoever is woken reads for itself, and reports what it meets.
      version = undefined;
    }
    const news = version === undefined || version !== this.seen;
    this.seen = version;
    if (news) this.announce();
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
