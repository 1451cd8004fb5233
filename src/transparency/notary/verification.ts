import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, StoredEvent } from '../../event-store/event-store.js';
import type { LogReader } from '../log/log-reader.js';
import { HASH_BYTES } from '../merkle/hashing.js';
import type { StoreFault } from '../store/store-fault.js';
import { verifyStore } from '../store/verify-store.js';
import { TileEdge } from '../tiles/tile-edge.js';
import { rootIn } from '../tiles/tile.js';
import { TILE_HEIGHT, TILE_WIDTH } from '../tiles/tile-path.js';
import { rememberedBy, type Remembering } from './remembering.js';

/** Of the time that it takes: so much more is left to others. */
const REST = 9;
const LONGEST_REST_MS = 1_000;
const BATCH = 200;

const CHANGED_LEAVES = 'the leaves from here on are not those that were signed';

export interface WholeLog extends Remembering {
  store: Pick<EventStore, 'readAll'>;
  reader: LogReader;
}

export interface Found {
  log: number;
  size: number;
  /** In words; undefined: all of the store is what was signed. */
  reason: string | undefined;
  /** The first bad event, if it is one. */
  fault: StoreFault | undefined;
}

/**
 * Reads the whole store again from its beginning, slowly, and holds it to what was signed last: each event to the one before it,
 * to its leaf in the tables, and the leaves together to the signed head. Undefined when there is nothing to hold it to. Throws
 * `LogRefused` for a memory that is not of this key; rejects with the signal's reason.
 */
export async function verifyWhole(
  { store, reader, ...signing }: WholeLog,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const signed = rememberedBy(signing);
  const log = await reader.present();
  if (!signed || signed.size === 0 || log?.origin !== signed.origin) return undefined;
  const { size } = signed;
  const leaves = new SignedLeaves(reader, log.id);
  const tile = (index: number, width: number): Promise<Buffer> => leaves.tile(index, width);
  const { fault } = await verifyStore({ store: slowly(store, signal), log: { size, tile }, signal });
  const found = fault ?? leaves.faultAgainst(signed.head);
  return { log: log.id, size, reason: found?.what, fault: found };
}

/** Leaves as the tables have them, put together to a tree again while they are asked for one tile after the other. */
class SignedLeaves {
  readonly #edge = new TileEdge();
  #fault: StoreFault | undefined;

  constructor(
    private readonly reader: LogReader,
    private readonly log: number,
  ) {}

  async tile(index: number, width: number): Promise<Buffer> {
    const hashes = (await this.reader.leaves(this.log, index, width)).subarray(0, width * HASH_BYTES);
    this.#edge.append(hashes);
    if (
      width === TILE_WIDTH &&
      !(await this.reader.nodes(this.log).node(TILE_HEIGHT, index)).equals(rootIn(hashes))
    )
      this.#fault ??= { aspect: 'consistency', what: CHANGED_LEAVES, leaf: index * TILE_WIDTH };
    return hashes;
  }

  /** Of events and leaves that were changed alike only the tree tells; the place is that of the first tile that does not fit. */
  faultAgainst(head: Buffer): StoreFault | undefined {
    return this.#edge.head().equals(head)
      ? undefined
      : (this.#fault ?? { aspect: 'consistency', what: CHANGED_LEAVES, leaf: 0 });
  }
}

const slowly = (store: Pick<EventStore, 'readAll'>, signal: AbortSignal): Pick<EventStore, 'readAll'> => ({
  async *readAll(after): AsyncGenerator<readonly StoredEvent[]> {
    for await (const batch of store.readAll(after, undefined, BATCH)) {
      const begun = performance.now();
      yield batch;
      const rest = Math.min((performance.now() - begun) * REST, LONGEST_REST_MS);
      await pause(rest, undefined, { signal }).catch(() => undefined);
    }
  },
});
