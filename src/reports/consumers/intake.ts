import type { Kysely } from 'kysely';
import { HabeasError } from '../../errors.js';
import { EventStore } from '../../event-store/event-store.js';
import { isForeign } from '../../event-store/foreign-position.js';
import type { ChangeFeed, FeedRequest } from '../feed/change-feed.js';
import { aboutId, type FeedEntry } from '../feed/feed-entry.js';
import { aloneWith, consumerNamed } from './consumer-named.js';
import type { ConsumerTables, DeliveryRow } from './consumer-tables.js';

/** Of the batches that a store reads in. What is read is kept, so the next call goes on from there. */
const MOST_STEPS = 10;
/** Their parameters must fit into one statement on either database. */
const ROWS_A_STATEMENT = 500;

/** Takes what the feed has for a consumer into its deliveries. */
export class Intake {
  constructor(
    private readonly tables: Kysely<ConsumerTables>,
    private readonly feed: ChangeFeed,
    private readonly store: EventStore,
  ) {}

  /** Takes about `wanted` more entries. True if there may be others after these. */
  async take(name: string, wanted: number): Promise<boolean> {
    const { position: after, types } = await consumerNamed(this.tables, name);
    if (after !== null) await this.#checkOurs(after);
    const read = await this.#read({
      after: after ?? undefined,
      limit: wanted,
      ...(types !== null && { types: new Set(JSON.parse(types) as string[]) }),
    });
    if (read.position === undefined) return false;
    await aloneWith(this.tables, name, async (transaction) => {
      const now = await consumerNamed(transaction, name);
      // Another process has read these, and perhaps handed them out.
      if (now.position !== after) return;
      const rows = read.entries.map((entry) => newDelivery(name, entry));
      for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
        const some = rows.slice(from, from + ROWS_A_STATEMENT);
        await transaction.insertInto('deliveries').values(some).execute();
      }
      await transaction
        .updateTable('consumers')
        .set({ position: read.position })
        .where('name', '=', name)
        .execute();
    });
    return read.more;
  }

  async #read(request: FeedRequest & { limit: number }): Promise<{
    entries: FeedEntry[];
    position: string | undefined;
    more: boolean;
  }> {
    const entries: FeedEntry[] = [];
    let position: string | undefined;
    let steps = 0;
    for await (const step of this.feed.readInSteps(request)) {
      entries.push(...step.entries);
      position = step.position;
      steps += 1;
      if (entries.length >= request.limit || steps === MOST_STEPS) return { entries, position, more: true };
    }
    return { entries, position, more: false };
  }

  /** Else it would wait for ever, and skip what a restored store gives the same positions to. */
  async #checkOurs(position: string): Promise<void> {
    if (isForeign(position, await this.store.head())) {
      throw new HabeasError(
        'refused',
        'consumer-ahead',
        'this consumer has read further than the event store goes, which was restored or replaced: begin anew under another name',
      );
    }
  }
}

const newDelivery = (consumer: string, entry: FeedEntry): DeliveryRow => ({
  consumer,
  position: entry.position,
  event_id: entry.eventId,
  case_id: aboutId(entry),
  entry: JSON.stringify(entry),
  attempts: 0,
  lease_id: null,
  held_until: null,
  parked_at: null,
  parked_code: null,
  message_id: null,
});
