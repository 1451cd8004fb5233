/** What this process has acknowledged since it opened the store: whatever happens to the file, these have to be in it. */
export class Acknowledged {
  private first: number | undefined;
  private last = 0;
  private count = 0;

  /** `events` rows that end with `row`. */
  add(row: number, events: number): void {
    this.first ??= row - events + 1;
    this.last = row;
    this.count += events;
  }

  /** At least `count` rows lie from `first` to `last`, exactly so many if no other process has been writing. */
  span(): { first: number; last: number; count: number } {
    return { first: this.first ?? 0, last: this.last, count: this.count };
  }
}
