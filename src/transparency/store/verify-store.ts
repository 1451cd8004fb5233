import type { EventStore, Position } from '../../event-store/event-store.js';
import { chainFault, leafHashIn } from '../../ledger/chain.js';
import { HASH_BYTES } from '../merkle/hashing.js';
import { TILE_WIDTH } from '../tiles/tile-path.js';
import { faultOf, type StoreFault } from './store-fault.js';

/** A log that the events are compared with, as far as it goes. */
export interface KnownLog {
  size: number;
  /** The hashes of up to 256 leaves, those of one tile. */
  tile(index: number, width: number): Promise<Buffer>;
}

export interface Verifying {
  store: Pick<EventStore, 'readAll'>;
  log: KnownLog;
  /** Where to begin: with the leaf after this position. Absent: at the beginning, and then the chain of each stream is followed. */
  from?: { leaf: number; after: Position };
  /** Told after each batch how many leaves have been looked at. */
  show?: (leaves: number) => void;
  signal?: AbortSignal;
}

export interface Verified {
  /** Events of the store that were read, those behind the log included. */
  events: number;
  fault: StoreFault | undefined;
}

/**
 * Reads the very bytes of the store again: each event by itself, after the one before it in its stream, and against its leaf in the
 * log. Ends with the first fault. Memory: a hash for each stream.
 */
export async function verifyStore({ store, log, from, show, signal }: Verifying): Promise<Verified> {
  const ends = new Map<string, string>();
  const leaves = new LeafHashes(log);
  let leaf = from?.leaf ?? 0;
  for await (const batch of store.readAll(from?.after)) {
    for (const event of batch) {
      const { stream, metadata, revision } = event;
      const prev = from ? prevIn(metadata) : (ends.get(stream) ?? null);
      const what = chainFault(event, prev) ?? (await leaves.faultAt(leaf, event));
      if (what !== undefined) return { events: leaf, fault: faultOf(what, leaf, event) };
      if (!from && revision === 0 && ends.has(stream)) {
        return { events: leaf, fault: faultOf('its stream begins a second time', leaf, event) };
      }
      if (!from) ends.set(stream, leafHashIn(event));
      leaf += 1;
    }
    show?.(leaf);
    if (signal?.aborted) return { events: leaf, fault: undefined };
  }
  const missing = leaf < log.size ? { what: 'it is in the log and no longer in the store', leaf } : undefined;
  return { events: leaf, fault: missing };
}

/** What the event itself says: whoever begins in the middle does not know better. */
function prevIn(metadata: string): string | null {
  try {
    return (JSON.parse(metadata) as { leaf: { prev: string | null } }).leaf.prev;
  } catch {
    return null;
  }
}

/** The leaves of a log one after the other, a tile at a time. */
class LeafHashes {
  #tile: { index: number; hashes: Buffer } | undefined;

  constructor(private readonly log: KnownLog) {}

  async faultAt(leaf: number, event: { metadata: string }): Promise<string | undefined> {
    if (leaf >= this.log.size) return undefined;
    const index = Math.floor(leaf / TILE_WIDTH);
    if (this.#tile?.index !== index) {
      const width = Math.min(TILE_WIDTH, this.log.size - index * TILE_WIDTH);
      this.#tile = { index, hashes: await this.log.tile(index, width) };
    }
    const at = (leaf % TILE_WIDTH) * HASH_BYTES;
    const known = this.#tile.hashes.toString('base64url', at, at + HASH_BYTES);
    return known === leafHashIn(event) ? undefined : 'it is not what the log has in its place';
  }
}
