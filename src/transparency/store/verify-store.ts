import type { EventStore, Position, StoredEvent } from '../../event-store/event-store.js';
import { chainFault, isOfPayload, leafHashIn, prevIn, saysItself } from '../../ledger/chain.js';
import type { TreeHead } from '../merkle/checking.js';
import { LogLeaves, type KnownLog } from './known-log.js';
import { faultOf, type StoreFault } from './store-fault.js';
import { TreeOfEvents } from './tree-of-events.js';
import { until } from './until.js';

const NEVER = new AbortController().signal;

export interface Verifying {
  store: Pick<EventStore, 'readAll'>;
  /** Absent: there is none, and the chain of each stream is all there is to go by. */
  log?: KnownLog;
  /** Heads that were signed: what the first events of the store have to give. Only from the beginning on. */
  heads?: readonly TreeHead[];
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
 * log; all of them together against what was signed. Ends with the first fault. Cut short, it has found nothing out: it rejects
 * with the signal's reason. Memory: a hash for each stream.
 */
export async function verifyStore({
  store,
  from,
  show,
  signal = NEVER,
  ...known
}: Verifying): Promise<Verified> {
  const verification = new Verification(known, from?.leaf);
  for await (const batch of until(signal, store.readAll(from?.after))) {
    for (const event of batch) {
      const fault = await verification.faultAt(event);
      if (fault) return { events: verification.leaf, fault };
    }
    show?.(verification.leaf);
  }
  // A reader that knows the signal just ends, as if that were all.
  signal.throwIfAborted();
  return { events: verification.leaf, fault: verification.faultAtEnd() };
}

interface StreamEnd {
  revision: number;
  hash: string;
}

class Verification {
  leaf: number;
  /** Where each stream stands; undefined for whoever begins in the middle, and does not know. */
  readonly #ends: Map<string, StreamEnd> | undefined;
  readonly #log: KnownLog;
  readonly #leaves: LogLeaves;
  readonly #tree: TreeOfEvents;

  constructor({ log, heads = [] }: Pick<Verifying, 'log' | 'heads'>, from: number | undefined) {
    this.leaf = from ?? 0;
    this.#ends = from === undefined ? new Map() : undefined;
    this.#log = log ?? NO_LOG;
    this.#leaves = new LogLeaves(this.#log);
    this.#tree = new TreeOfEvents(heads);
  }

  async faultAt(event: StoredEvent): Promise<StoreFault | undefined> {
    const before = this.#faultOfAll();
    if (before) return before;
    const end = this.#ends?.get(event.stream);
    const broken = this.#faultInChain(event, end);
    if (broken) return broken;
    const hash = leafHashIn(event);
    if (!(await this.#leaves.has(this.leaf, hash))) return this.#faultInPlace(event, hash);
    const { stream, revision } = event;
    if (end) [end.revision, end.hash] = [revision, hash];
    else this.#ends?.set(stream, { revision, hash });
    this.#tree.add(Buffer.from(hash, 'base64url'));
    this.leaf += 1;
    return undefined;
  }

  faultAtEnd(): StoreFault | undefined {
    const fault = this.#faultOfAll();
    if (fault) return fault;
    const { leaf } = this;
    if (leaf < this.#log.size)
      return { aspect: 'head', what: 'it is in the log and no longer in the store', leaf };
    if (this.#tree.ahead)
      return { aspect: 'head', what: 'it was signed and is no longer in the store', leaf };
    return undefined;
  }

  /** Whoever begins in the middle takes an event's word for the one before it. */
  #faultInChain(event: StoredEvent, end: StreamEnd | undefined): StoreFault | undefined {
    const { leaf } = this;
    const next = this.#ends ? (end?.revision ?? -1) + 1 : event.revision;
    const what = chainFault(event, this.#ends ? (end?.hash ?? null) : prevIn(event));
    if (what !== undefined && isOfPayload(what)) return faultOf(what, leaf, event, 'payload');
    if (event.revision > next && saysItself(event)) {
      return faultOf(`event ${next} of its stream is missing before it`, leaf, event, 'gap');
    }
    if (what !== undefined) return faultOf(what, leaf, event);
    return event.revision === next ? undefined : faultOf('its stream has it a second time', leaf, event);
  }

  async #faultInPlace(event: StoredEvent, hash: string): Promise<StoreFault> {
    const { leaf } = this;
    const place = await this.#leaves.find(leaf + 1, hash);
    return place === undefined
      ? faultOf('it is not what the log has in its place', leaf, event, 'inclusion')
      : faultOf(
          `what the log has in its place is missing: this is leaf ${place} of the log`,
          leaf,
          event,
          'gap',
        );
  }

  #faultOfAll(): StoreFault | undefined {
    const failing = this.#tree.failing();
    if (!failing) return undefined;
    const what = `the first ${failing.size} events are not those that were signed; which of them was changed cannot be said`;
    return { aspect: 'consistency', what, leaf: failing.size - 1 };
  }
}

const NO_LOG: KnownLog = {
  size: 0,
  tile: () => Promise.reject(new Error('there is no log')),
};
