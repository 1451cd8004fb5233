import type { Kysely } from 'kysely';
import type { Position } from '../../event-store/event-store.js';
import { TileNodes } from '../tiles/tile-nodes.js';
import { widthOf } from '../tiles/tile.js';
import { TILE_WIDTH } from '../tiles/tile-path.js';
import { allFindings, type Finding } from './findings.js';
import { leavesOfEvents, placeOf } from './leaves-of-events.js';
import { buffered, type LogTables } from './log-tables.js';

/** Logs as anybody may read them. */
export class LogReader {
  constructor(private readonly database: Kysely<LogTables>) {}

  /** What was signed last of the present log; undefined before anything was. */
  async checkpoint(): Promise<{ log: number; size: number; note: string; signedAt: string } | undefined> {
    return this.database
      .selectFrom('tlogCheckpoint')
      .select(['log', 'size', 'note', 'signedAt'])
      .orderBy('log', 'desc')
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** All there have been, the present one first. */
  async logs(): Promise<Pick<LogTables['tlog'], 'origin' | 'verifier' | 'begunAt' | 'reason'>[]> {
    return this.database
      .selectFrom('tlog')
      .select(['origin', 'verifier', 'begunAt', 'reason'])
      .orderBy('id', 'desc')
      .execute();
  }

  /** As far as it is written, which may be further than it is signed. Undefined before the first was begun. */
  present(): Promise<
    Pick<LogTables['tlog'], 'id' | 'origin' | 'verifier' | 'size' | 'position' | 'reason'> | undefined
  > {
    return this.database
      .selectFrom('tlog')
      .select(['id', 'origin', 'verifier', 'size', 'position', 'reason'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** What the notary has last found, by kind. */
  findings(): Promise<Finding[]> {
    return allFindings(this.database);
  }

  /** A tile with at least `width` hashes, and those that it has got since; undefined if it has not so many. */
  async tile(log: number, level: number, index: number, width: number): Promise<Buffer | undefined> {
    const row = await this.database
      .selectFrom('tlogTile')
      .select('hashes')
      .where('log', '=', log)
      .where('level', '=', level)
      .where('tile', '=', index)
      .executeTakeFirst();
    const hashes = row && buffered(row.hashes);
    return hashes && widthOf(hashes) >= width ? hashes : undefined;
  }

  /** The tree, for proofs. Throws for nodes that it has not. */
  nodes(log: number): TileNodes {
    return new TileNodes((level, index, width) => this.#require(log, level, index, width));
  }

  /** Of the leaves' own tiles. Throws where it has not so many. */
  leaves(log: number, index: number, width: number): Promise<Buffer> {
    return this.#require(log, 0, index, width);
  }

  /** A place in the store's order from which leaves can be read, this one or a few before it; undefined: from the beginning. */
  async placeBefore(log: number, leaf: number): Promise<{ leaf: number; after: Position } | undefined> {
    const row = await this.database
      .selectFrom('tlogTile')
      .select(['tile', 'position'])
      .where('log', '=', log)
      .where('level', '=', 0)
      .where('tile', '<=', Math.floor((leaf - 1) / TILE_WIDTH))
      .orderBy('tile', 'desc')
      .limit(1)
      .executeTakeFirst();
    // Before the first tile there is nothing to pass over.
    return row?.position && row.tile > 0
      ? { leaf: row.tile * TILE_WIDTH + 1, after: row.position }
      : undefined;
  }

  /** Which leaf an event is; undefined while the log has not come so far. */
  async leafOf(log: number, position: Position, hash: Buffer): Promise<number | undefined> {
    const row = await this.database
      .selectFrom('tlogTile')
      .select(['tile', 'hashes'])
      .where('log', '=', log)
      .where('level', '=', 0)
      .where('position', '<=', position)
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!row) return undefined;
    const at = placeOf(hash, buffered(row.hashes));
    return at < 0 ? undefined : row.tile * TILE_WIDTH + at;
  }

  /** The same of many at once, in their order. */
  leavesOf(
    log: number,
    events: readonly { position: Position; hash: Buffer }[],
  ): Promise<(number | undefined)[]> {
    return leavesOfEvents(this.database, log, events);
  }

  async #require(log: number, level: number, index: number, width: number): Promise<Buffer> {
    const hashes = await this.tile(log, level, index, width);
    if (!hashes) throw new Error(`the log has no ${width} hashes in the tile ${level}/${index}`);
    return hashes;
  }
}
