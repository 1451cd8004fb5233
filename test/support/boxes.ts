import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { BulkInsert } from '../../src/database/bulk-insert.js';
import { textType } from '../../src/database/dialect.js';
import type { EventStore, StoredEvent, Streams } from '../../src/event-store/event-store.js';
import { ReadModel, type ReadTransaction, type TableSet } from '../../src/projections/read-model.js';
import type { ProjectionTables } from '../../src/projections/tables.js';

export interface BoxRow {
  box: string;
  total: number;
  things: number;
}

export type BoxTables = ProjectionTables & { boxes: BoxRow };

const INSERT = new BulkInsert<BoxRow>({ box: 'text', total: 'integer', things: 'integer' });

/** Puts a number into a box, or something that is no number. */
export async function put(store: EventStore, box: string, ...things: unknown[]): Promise<string> {
  const events = things.map((thing) => ({
    eventId: randomUUID(),
    type: 'Put',
    payload: JSON.stringify(thing),
    metadata: JSON.stringify({ recordedAt: '2020-01-27T10:00:00.000Z' }),
  }));
  return (await store.append(`box-${box}`, events, 'no_stream')).position;
}

/** The smallest feature a projector can serve: what is in each box. Fields may be changed to make it misbehave. */
export class Boxes extends ReadModel<BoxRow> {
  override readonly name = 'boxes';
  override readonly prefixes = ['box-'];
  override readonly tables = ['boxes'];
  /** Called with every key that is derived. */
  onDerive: (box: string) => void = () => undefined;
  /** Called when the rows are written and the transaction is still open. */
  onWritten: (rows: readonly BoxRow[]) => void = () => undefined;

  constructor(
    private readonly store: EventStore,
    override readonly version = 1,
    override readonly compatibleFrom = 1,
  ) {
    super();
  }

  override async createTables(transaction: ReadTransaction, set: TableSet): Promise<void> {
    await transaction.schema
      .createTable(set.named('boxes'))
      .addColumn('box', textType(transaction), (column) => column.primaryKey())
      .addColumn('total', 'integer', (column) => column.notNull())
      .addColumn('things', 'integer', (column) => column.notNull())
      .execute();
  }

  override touched(event: StoredEvent): string[] {
    return [event.stream.slice('box-'.length)];
  }

  override async derive(box: string, streams: Streams = this.store): Promise<BoxRow> {
    this.onDerive(box);
    const events = await streams.read(`box-${box}`);
    const things = events.map((event): unknown => JSON.parse(event.payload));
    const numbers = things.filter((thing) => typeof thing === 'number');
    if (numbers.length < things.length) throw new TypeError(`box ${box} holds ${JSON.stringify(things)}`);
    return { box, total: numbers.reduce((sum, number) => sum + number, 0), things: numbers.length };
  }

  override async write(transaction: ReadTransaction, set: TableSet, rows: readonly BoxRow[]): Promise<void> {
    const boxes = new Map(rows.map((row) => [row.box, row]));
    await transaction
      .withTables<{ boxes: BoxRow }>()
      .deleteFrom(set.named('boxes'))
      .where('box', 'in', [...boxes.keys()])
      .execute();
    await INSERT.into(transaction, set.named('boxes'), [...boxes.values()]);
    this.onWritten(rows);
  }
}

export const boxesIn = (database: Kysely<BoxTables>): Promise<BoxRow[]> =>
  database.selectFrom('boxes').selectAll().orderBy('box').execute();
