import type { FileOperation } from './file-history.js';

type Change = Extract<FileOperation, { kind: 'write' | 'truncate' }>;

/** One file: what is certainly on disk, and the changes asked for since. */
interface Inode {
  durable: Buffer;
  later: { change: Change; state: State }[];
}

/** A `stale` change was part of a failed flush: in the cache it passes for written, so no later flush writes it. */
type State = 'pending' | 'stale' | 'durable';

/** A source of chance: from 0 up to, not including, 1. */
export type Random = () => number;

/** How a power cut treats what no flush has covered. */
export type Fate = 'dropped' | 'kept' | 'mixed' | 'torn';

const SECTOR = 512;

/**
 * A disk of the least obliging kind. A flush of a file puts all its bytes on disk; a flush of the folder, the names in it.
 * Until then each write may be on disk wholly, not at all or in some of its sectors, in any order; each name, old or new.
 * After a flush that failed that stays so for ever, whatever flushes succeed later, unless the same place is written anew.
 */
export class Disk {
  private readonly names = new Map<string, Inode>();
  private durableNames = new Map<string, Inode>();
  private pendingNames: { name: string; inode: Inode | undefined }[] = [];

  apply(operation: FileOperation): void {
    switch (operation.kind) {
      case 'create':
        if (!this.names.has(operation.name))
          this.rename(operation.name, { durable: Buffer.alloc(0), later: [] });
        break;
      case 'remove':
        this.rename(operation.name, undefined);
        break;
      case 'write':
      case 'truncate':
        this.inode(operation.name).later.push({ change: operation, state: 'pending' });
        break;
      case 'flush':
        settle(this.inode(operation.name), 'durable');
        break;
      case 'failed flush':
        settle(this.inode(operation.name), 'stale');
        break;
      case 'flush folder':
        this.durableNames = new Map(this.names);
        this.pendingNames = [];
        break;
      case 'told':
        break;
    }
  }

  /** What somebody finds after a power cut at this moment. */
  crash(fate: Fate, random: Random): Map<string, Buffer> {
    const names = new Map(this.durableNames);
    const lost = new Set<string>();
    for (const { name, inode } of this.pendingNames) {
      // The changes of one name reach the disk in their order; those of different names need not.
      if (lost.has(name) || !survives(fate, random)) lost.add(name);
      else if (inode) names.set(name, inode);
      else names.delete(name);
    }
    return new Map([...names].map(([name, inode]) => [name, remains(inode, fate, random)]));
  }

  private rename(name: string, inode: Inode | undefined): void {
    if (inode) this.names.set(name, inode);
    else this.names.delete(name);
    this.pendingNames.push({ name, inode });
  }

  private inode(name: string): Inode {
    const inode = this.names.get(name);
    if (!inode) throw new Error(`${name} was changed without having been made`);
    return inode;
  }
}

function survives(fate: Fate, random: Random): boolean {
  return fate === 'kept' || (fate !== 'dropped' && random() < 0.5);
}

/** A flush has ended one way or the other: what was pending is so no more. */
function settle(inode: Inode, as: State): void {
  for (const later of inode.later) if (later.state === 'pending') later.state = as;
  const certain = inode.later.findIndex(({ state }) => state !== 'durable');
  const done = inode.later.splice(0, certain < 0 ? inode.later.length : certain);
  inode.durable = done.reduce((content, { change }) => changed(content, change), inode.durable);
}

function remains({ durable, later }: Inode, fate: Fate, random: Random): Buffer {
  const kept = (change: Change): Change[] => {
    if (fate === 'torn' && change.kind === 'write') return sectors(change).filter(() => random() < 0.5);
    return survives(fate, random) ? [change] : [];
  };
  const settled = later.flatMap(({ change, state }) =>
    state === 'pending' ? [] : state === 'durable' ? change : kept(change),
  );
  const pending = later.flatMap(({ change, state }) => (state === 'pending' ? kept(change) : []));
  const inOrder = fate === 'kept' || random() < 0.5;
  return [...settled, ...(inOrder ? pending : reordered(pending, random))].reduce(changed, durable);
}

/** The writes between two truncations, in another order: of two to the same place, the earlier may be the one that stays. */
function reordered(changes: Change[], random: Random): Change[] {
  let round = 0;
  return changes
    .map((change) => ({
      change,
      round: change.kind === 'truncate' ? (round += 2) - 1 : round,
      order: random(),
    }))
    .toSorted((a, b) => a.round - b.round || a.order - b.order)
    .map(({ change }) => change);
}

function sectors(write: Extract<Change, { kind: 'write' }>): Change[] {
  const parts: Change[] = [];
  const end = write.offset + write.bytes.length;
  for (let from = write.offset; from < end;) {
    const to = Math.min(end, (Math.floor(from / SECTOR) + 1) * SECTOR);
    const bytes = write.bytes.subarray(from - write.offset, to - write.offset);
    parts.push({ ...write, offset: from, bytes });
    from = to;
  }
  return parts;
}

function changed(content: Buffer, change: Change): Buffer {
  const size =
    change.kind === 'truncate' ? change.size : Math.max(content.length, change.offset + change.bytes.length);
  const result = Buffer.alloc(size);
  content.copy(result);
  if (change.kind === 'write') change.bytes.copy(result, change.offset);
  return result;
}
