import type { EventStore } from '../event-store/event-store.js';
import type { LogReader } from '../transparency/log/log-reader.js';
import { HASH_BYTES } from '../transparency/merkle/hashing.js';
import type { Checkpoint } from '../transparency/note/checkpoint.js';
import { headNotIn, type KnownLog } from '../transparency/store/known-log.js';
import type { StoreFault } from '../transparency/store/store-fault.js';
import { verifyStore } from '../transparency/store/verify-store.js';
import { checkpointIn } from './trusted-checkpoint.js';
import { Unproven } from './verdict.js';
import type { Trust } from './verify-bundle.js';

/** The log that lies with a store. */
export interface OwnLog {
  origin: string;
  size: number;
  /** Why it was begun beside another one; null of the first. */
  begunAnew: string | null;
  /** What was signed of it last. */
  checkpoint: Checkpoint | undefined;
}

/** What has been proven. */
export interface ProvenStore {
  events: number;
  log: OwnLog | undefined;
  known: Checkpoint | undefined;
}

export interface WholeStore {
  store: Pick<EventStore, 'readAll'>;
  /** Absent: there are no tables of a log. */
  log: LogReader | undefined;
  trust: Trust;
  show?: (events: number) => void;
  signal?: AbortSignal;
}

/**
 * Reads a whole store again: each event by itself, behind the one before it in its stream, in its place in the log that lies with
 * the store, and all of them against the checkpoints, that of the log and the one that whoever checks has kept. Throws `Unproven`
 * for the first thing that does not hold; rejects with the signal's reason.
 */
export async function verifyWholeStore({
  store,
  log,
  trust,
  show,
  signal,
}: WholeStore): Promise<ProvenStore> {
  const known =
    trust.known === undefined
      ? undefined
      : checkpointIn(trust.known, trust.key, 'the checkpoint that you have kept');
  const own = log && (await ownLog(log, trust));
  const heads = [own?.log.checkpoint, known].filter((checkpoint) => checkpoint !== undefined);
  // Tables that were changed are no measure for events.
  const isLogWhole = own === undefined || (await headNotIn(own.leaves, heads)) === undefined;
  const { events, fault } = await verifyStore({
    store,
    heads,
    ...(own && isLogWhole && { log: own.leaves }),
    ...(show && { show }),
    ...(signal && { signal }),
  });
  if (fault) throw new Unproven(fault.aspect, faultInWords(fault, isLogWhole), fault);
  if (!isLogWhole) {
    throw new Unproven(
      'inclusion',
      'the events are those that were signed, but the tables of the log were changed',
    );
  }
  return { events, log: own?.log, known };
}

async function ownLog(
  reader: LogReader,
  { key }: Trust,
): Promise<{ log: OwnLog; leaves: KnownLog } | undefined> {
  // In this order: it may be growing.
  const signed = await reader.checkpoint();
  const present = await reader.present();
  if (!present) return undefined;
  const { id, origin, size, reason: begunAnew } = present;
  const checkpoint =
    signed?.log === id ? checkpointIn(signed.note, key, 'the checkpoint of the log') : undefined;
  if (checkpoint && checkpoint.origin !== origin) {
    throw new Unproven('signature', 'the checkpoint of the log is one of another log');
  }
  if (checkpoint && checkpoint.size > size) {
    throw new Unproven('head', `the log has ${size} events left of the ${checkpoint.size} that were signed`);
  }
  return {
    log: { origin, size, begunAnew, checkpoint },
    leaves: {
      size,
      // What is missing is as good as changed.
      tile: async (index, width) =>
        (await reader.tile(id, 0, index, width)) ?? Buffer.alloc(width * HASH_BYTES),
    },
  };
}

function faultInWords({ what, leaf, event }: StoreFault, isLogWhole: boolean): string {
  const log = isLogWhole ? '' : ' (the tables of the log were changed, too, and are no measure)';
  if (!event) return `leaf ${leaf} of the log: ${what}${log}`;
  return `event ${event.revision} of ${event.stream}, leaf ${leaf} of the log: ${what}${log}`;
}
