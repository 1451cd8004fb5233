import type { LogRecord } from './log-record.js';

/** The last event of each id, of those appended lately: an older one is forgotten, as it is by the server. */
export class RecentIds {
  readonly #records = new Map<string, LogRecord>();

  constructor(private readonly limit: number) {}

  get(id: string): LogRecord | undefined {
    return this.#records.get(id);
  }

  remember(record: LogRecord): void {
    this.#records.delete(record.id);
    this.#records.set(record.id, record);
    if (this.#records.size <= this.limit) return;
    const [oldest] = this.#records.keys();
    if (oldest !== undefined) this.#records.delete(oldest);
  }
}
