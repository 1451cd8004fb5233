import type { Kysely, Transaction } from 'kysely';
import type { Position } from '../../event-store/event-store.js';
import { TileEdge } from '../tiles/tile-edge.js';
import { TILE_WIDTH } from '../tiles/tile-path.js';
import type { Tile } from '../tiles/tile.js';
import { buffered, type LogTables } from './log-tables.js';

/** An event as the log has it. */
export interface LogLeaf {
  position: Position;
  stream: string;
  revision: number;
  hash: Buffer;
}

/** Where a stream stands. */
export interface StreamEnd {
  revision: number;
  hash: Buffer;
}

/** Which log is being written, and how far it is. */
export interface LogState {
  id: number;
  origin: string;
  size: number;
  position: Position | undefined;
}

const STREAMS_AT_A_TIME = 500;

/** The present log, as its one writer has it. Whatever fails leaves it to be opened again. */
export class LogWriter {
  private constructor(
    private readonly database: Kysely<LogTables>,
    private present: LogState,
    private edge: TileEdge,
  ) {}

  /** Goes on with the last log; undefined if there is none. */
  static async open(database: Kysely<LogTables>): Promise<LogWriter | undefined> {
    const row = await database
      .selectFrom('tlog')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!row) return undefined;
    const { id, origin, size, position } = row;
    return new LogWriter(
      database,
      { id, origin, size, position: position ?? undefined },
      await edgeOf(database, id, size),
    );
  }

  /** Begins a log, empty, in place of the one before it if there is one. */
  static async begin(
    database: Kysely<LogTables>,
    begun: { origin: string; verifier: string; begunAt: string; reason: string | null },
  ): Promise<LogWriter> {
    const last = await database
      .selectFrom('tlog')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const id = (last?.id ?? 0) + 1;
    await database
      .insertInto('tlog')
      .values({ id, ...begun, size: 0, position: null })
      .execute();
    const state = { id, origin: begun.origin, size: 0, position: undefined };
    return new LogWriter(database, state, new TileEdge());
  }

  get state(): Readonly<LogState> {
    return this.present;
  }

  /** RFC 6962, 2.1: of all leaves there are. */
  head(): Buffer {
    return this.edge.head();
  }

  /** Where these streams stand; those that the log has nothing of are missing. */
  async ends(streams: readonly string[]): Promise<Map<string, StreamEnd>> {
    const ends = new Map<string, StreamEnd>();
    for (let from = 0; from < streams.length; from += STREAMS_AT_A_TIME) {
      const rows = await this.database
        .selectFrom('tlogStream')
        .selectAll()
        .where('log', '=', this.present.id)
        .where('stream', 'in', streams.slice(from, from + STREAMS_AT_A_TIME))
        .execute();
      for (const { stream, revision, leafHash } of rows)
        ends.set(stream, { revision, hash: buffered(leafHash) });
    }
    return ends;
  }

  /** All or nothing. The leaves stand in the order of the store, behind all that are there. */
  async append(leaves: readonly LogLeaf[]): Promise<void> {
    const last = leaves.at(-1);
    if (!last) return;
    const { id, size } = this.present;
    const tiles = this.edge.append(Buffer.concat(leaves.map(({ hash }) => hash)));
    const state = { ...this.present, size: size + leaves.length, position: last.position };
    await this.database.transaction().execute(async (transaction) => {
      // First, and only what is as it was left: of two writers the one that was cut off changes nothing.
      const { numUpdatedRows } = await transaction
        .updateTable('tlog')
        .set({ size: state.size, position: state.position })
        .where('id', '=', id)
        .where('size', '=', size)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new Error('somebody else has written to the log');
      for (const tile of tiles) await putTile(transaction, id, tile, firstPositionIn(tile, size, leaves));
      for (const [stream, end] of endsIn(leaves)) await putEnd(transaction, id, stream, end);
    });
    this.present = state;
  }

  /** From now on anybody may see it. */
  async keep(checkpoint: { size: number; note: string; signedAt: string }): Promise<void> {
    await this.database
      .insertInto('tlogCheckpoint')
      .values({ log: this.present.id, ...checkpoint })
      .onConflict((conflict) => conflict.columns(['log', 'size']).doUpdateSet({ note: checkpoint.note }))
      .execute();
  }
}

async function edgeOf(database: Kysely<LogTables>, log: number, size: number): Promise<TileEdge> {
  const open: Buffer[] = [];
  for (let count = size, level = 0; count > 0; count = Math.floor(count / TILE_WIDTH), level += 1) {
    const row =
      count % TILE_WIDTH === 0
        ? undefined
        : await database
            .selectFrom('tlogTile')
            .select('hashes')
            .where('log', '=', log)
            .where('level', '=', level)
            .where('tile', '=', Math.floor(count / TILE_WIDTH))
            .executeTakeFirst();
    open.push(row ? buffered(row.hashes) : Buffer.alloc(0));
  }
  return new TileEdge(size, open);
}

/** Null where the tile began before these leaves, and keeps what it has. */
function firstPositionIn({ level, index }: Tile, size: number, leaves: readonly LogLeaf[]): Position | null {
  const first = level === 0 ? index * TILE_WIDTH - size : -1;
  return leaves[first]?.position ?? null;
}

async function putTile(
  transaction: Transaction<LogTables>,
  log: number,
  { level, index, hashes }: Tile,
  position: Position | null,
): Promise<void> {
  await transaction
    .insertInto('tlogTile')
    .values({ log, level, tile: index, hashes, position })
    .onConflict((conflict) => conflict.columns(['log', 'level', 'tile']).doUpdateSet({ hashes }))
    .execute();
}

async function putEnd(
  transaction: Transaction<LogTables>,
  log: number,
  stream: string,
  { revision, hash: leafHash }: StreamEnd,
): Promise<void> {
  await transaction
    .insertInto('tlogStream')
    .values({ log, stream, revision, leafHash })
    .onConflict((conflict) => conflict.columns(['log', 'stream']).doUpdateSet({ revision, leafHash }))
    .execute();
}

const endsIn = (leaves: readonly LogLeaf[]): Map<string, StreamEnd> =>
  new Map(leaves.map(({ stream, revision, hash }) => [stream, { revision, hash }]));
