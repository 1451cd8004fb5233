import type { Kysely } from 'kysely';
import type { Position } from '../../event-store/event-store.js';
import { HASH_BYTES } from '../merkle/hashing.js';
import { widthOf } from '../tiles/tile.js';
import { TILE_WIDTH } from '../tiles/tile-path.js';
import { buffered, type LogTables } from './log-tables.js';

const TILES_AT_A_TIME = 200;

interface LoggedEvent {
  position: Position;
  /** Its leaf. */
  hash: Buffer;
}

/** Which leaves these events are, in their order; undefined where the log has not come so far. A few questions, however many they are. */
export async function leavesOfEvents(
  database: Kysely<LogTables>,
  log: number,
  events: readonly LoggedEvent[],
): Promise<(number | undefined)[]> {
  const latest = events.reduce((last, { position }) => (position > last ? position : last), '');
  const begins = await database
    .selectFrom('tlogTile')
    .select(['tile', 'position'])
    .where('log', '=', log)
    .where('level', '=', 0)
    .where('position', '<=', latest)
    .orderBy('position')
    .$narrowType<{ position: string }>()
    .execute();
  const tiles = events.map(({ position }) => tileOf(position, begins));
  const hashes = await hashesIn(
    database,
    log,
    [...new Set(tiles)].filter((tile) => tile !== undefined),
  );
  return events.map(({ hash }, n) => {
    const tile = tiles[n];
    const at = tile === undefined ? -1 : placeOf(hash, hashes.get(tile));
    return tile === undefined || at < 0 ? undefined : tile * TILE_WIDTH + at;
  });
}

/** The last of those that begin no later. */
function tileOf(
  position: Position,
  begins: readonly { tile: number; position: string }[],
): number | undefined {
  let [from, to] = [0, begins.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (begins[middle]!.position <= position) from = middle + 1;
    else to = middle;
  }
  return begins[from - 1]?.tile;
}

async function hashesIn(
  database: Kysely<LogTables>,
  log: number,
  tiles: readonly number[],
): Promise<ReadonlyMap<number, Buffer>> {
  const found = new Map<number, Buffer>();
  for (let from = 0; from < tiles.length; from += TILES_AT_A_TIME) {
    const rows = await database
      .selectFrom('tlogTile')
      .select(['tile', 'hashes'])
      .where('log', '=', log)
      .where('level', '=', 0)
      .where('tile', 'in', tiles.slice(from, from + TILES_AT_A_TIME))
      .execute();
    for (const { tile, hashes } of rows) found.set(tile, buffered(hashes));
  }
  return found;
}

/** Which of the hashes it is; -1: none. */
export function placeOf(hash: Buffer, hashes: Buffer | undefined): number {
  for (let at = 0; hashes && at < widthOf(hashes); at += 1) {
    if (hashes.compare(hash, 0, HASH_BYTES, at * HASH_BYTES, (at + 1) * HASH_BYTES) === 0) return at;
  }
  return -1;
}
