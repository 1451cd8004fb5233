import { BulkInsert } from '../../database/bulk-insert.js';
import type { StoredEvent, Streams } from '../../event-store/event-store.js';
import type { LedgerReader } from '../../ledger/ledger-reader.js';
import type { RecordedEvent } from '../../ledger/recorded-event.js';
import { ReadModel, type ReadTransaction, type TableSet } from '../../projections/read-model.js';
import type { AccessEntry } from '../access-entry.js';
import { ACCESS_STREAMS } from '../access-stream.js';
import {
  createEntryTables,
  ENTRY_TABLES,
  type EntryCaseRow,
  type EntryRow,
  type EntryTables,
} from './entry-tables.js';

export const ACCESS_LOG = 'access-log';

const ENTRIES = new BulkInsert<EntryRow>({
  position: 'text',
  stream: 'text',
  revision: 'integer',
  event_id: 'text',
  type: 'text',
  recorded_at: 'text',
  principal_id: 'text',
  correlation_id: 'text',
  route: 'text',
  fields: 'text',
  status: 'integer',
  code: 'text',
  evidence_id: 'text',
  case_ids: 'text',
  sealed: 'text',
});
const CASES = new BulkInsert<EntryCaseRow>({ case_id: 'text', position: 'text' });

interface StreamRows {
  stream: string;
  entries: EntryRow[];
}

/** The access log by entry and by case. A key is a stream; what personal it holds stays closed. */
export class AccessLogReadModel extends ReadModel<StreamRows> {
  override readonly name = ACCESS_LOG;
  override readonly version = 2;
  override readonly compatibleFrom = 2;
  override readonly prefixes = [ACCESS_STREAMS];
  override readonly tables = ENTRY_TABLES;

  constructor(private readonly ledger: LedgerReader) {
    super();
  }

  override createTables(transaction: ReadTransaction, set: TableSet): Promise<void> {
    return createEntryTables(transaction, set);
  }

  override touched({ stream }: StoredEvent): string[] {
    return [stream];
  }

  override async derive(stream: string, streams?: Streams): Promise<StreamRows> {
    const events = await this.ledger.read(stream, 0, streams);
    return { stream, entries: events.map(entryRow) };
  }

  /** The entries of a stream never change: those that are there are left as they are. */
  override async write(
    transaction: ReadTransaction,
    set: TableSet,
    rows: readonly StreamRows[],
  ): Promise<void> {
    const written = await this.#written(transaction, set, rows);
    const entries = longestOfEach(rows).flatMap((one) =>
      one.entries.filter(({ revision }) => revision > (written.get(one.stream) ?? -1)),
    );
    await ENTRIES.into(transaction, set.named('access_entries'), entries);
    await CASES.into(
      transaction,
      set.named('access_cases'),
      entries.flatMap(({ position, case_ids }) =>
        (JSON.parse(case_ids) as string[]).map((case_id) => ({ case_id, position })),
      ),
    );
  }

  async #written(
    transaction: ReadTransaction,
    set: TableSet,
    rows: readonly StreamRows[],
  ): Promise<ReadonlyMap<string, number>> {
    if (rows.length === 0) return new Map();
    const there = await transaction
      .withTables<EntryTables>()
      .selectFrom(set.named('access_entries'))
      .select(['stream', (query) => query.fn.max('revision').as('last')])
      .where(
        'stream',
        'in',
        rows.map(({ stream }) => stream),
      )
      .groupBy('stream')
      .execute();
    return new Map(there.map(({ stream, last }) => [stream, last]));
  }
}

/** The same key may come twice. */
function longestOfEach(rows: readonly StreamRows[]): StreamRows[] {
  const longest = new Map<string, StreamRows>();
  for (const one of rows) {
    const known = longest.get(one.stream);
    if (!known || known.entries.length < one.entries.length) longest.set(one.stream, one);
  }
  return [...longest.values()];
}

function entryRow(event: RecordedEvent): EntryRow {
  const entry = { ...event.data, type: event.type } as unknown as AccessEntry;
  const isRefusal = entry.type === 'AccessRefused';
  return {
    position: event.position,
    stream: event.stream,
    revision: event.revision,
    event_id: event.eventId,
    type: event.type,
    recorded_at: event.recordedAt,
    principal_id: event.recordedBy,
    correlation_id: event.correlationId,
    route: entry.route,
    fields: isRefusal ? null : entry.fields,
    status: isRefusal ? entry.status : null,
    code: isRefusal ? entry.code : null,
    evidence_id: isRefusal ? null : (entry.evidenceId ?? null),
    case_ids: JSON.stringify(entry.caseIds),
    sealed: event.sealed ? JSON.stringify(event.sealed) : null,
  };
}
