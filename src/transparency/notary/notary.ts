import type { Kysely } from 'kysely';
import type { Clock } from '../../clock.js';
import type { EventStore, StoredEvent } from '../../event-store/event-store.js';
import { supervise } from '../../projections/supervise.js';
import { findingOf, keepFinding } from '../log/findings.js';
import { LogReader } from '../log/log-reader.js';
import type { LogTables } from '../log/log-tables.js';
import { LogWriter } from '../log/log-writer.js';
import { verifierLine } from '../note/note-keys.js';
import type { StoreFault } from '../store/store-fault.js';
import type { CheckpointMemory } from './checkpoint-memory.js';
import { LogRefused } from './log-refused.js';
import { nextLeaves } from './next-leaves.js';
import type { Signer } from './notary-key.js';
import { rememberedBy } from './remembering.js';
import { Signing } from './signing.js';

const SIGN_EVERY_MS = 1_000;

export type NotaryNews =
  | { kind: 'signed'; size: number }
  /** It signs nothing more until somebody has looked at it. */
  | { kind: 'refused'; refusal: LogRefused }
  /** The whole store was read again; `reason`: what is not as it was signed. */
  | { kind: 'verified'; size: number; reason: string | undefined; fault: StoreFault | undefined }
  /** It goes on by itself. */
  | { kind: 'trouble'; error: unknown };

export interface NotaryParts {
  store: EventStore;
  database: Kysely<LogTables>;
  signer: Signer;
  memory: CheckpointMemory;
  clock: Clock;
  tell: (news: NotaryNews) => void;
  /** The least time between two signatures, if not a second. */
  signEveryMs?: number;
}

/** Follows the store, keeps the log of all events in order, and signs it. One at a time for a database. */
export class Notary {
  constructor(private readonly parts: NotaryParts) {}

  /** Until the signal, or until it has refused. Never rejects. */
  run(signal: AbortSignal): Promise<void> {
    const { tell } = this.parts;
    return supervise(
      async (success) => {
        try {
          await this.#follow(signal, success);
        } catch (error) {
          if (!(error instanceof LogRefused)) throw error;
          tell({ kind: 'refused', refusal: error });
          await this.#keep(error);
        }
        return 'done';
      },
      { signal, onTrouble: (error) => tell({ kind: 'trouble', error }) },
    );
  }

  async #follow(signal: AbortSignal, success: () => void): Promise<void> {
    const { store, database, clock, signer, tell, memory, signEveryMs = SIGN_EVERY_MS } = this.parts;
    // Before the log is opened: whatever is remembered was in it by then, also where another notary was at work until now.
    const remembered = rememberedBy(this.parts);
    const writer = await this.#writer();
    const reader = new LogReader(database);
    const parts = { store, writer, reader, signer, memory, clock, signal };
    const signing = await Signing.resume(parts, remembered);
    await this.#keep(undefined);
    const subscription = store.subscribe(writer.state.position);
    const stop = (): void => subscription.stop();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const batches = subscription[Symbol.asyncIterator]();
      let next = batches.next();
      let signedAt = -Infinity;
      for (;;) {
        const wait = Math.max(0, signedAt + signEveryMs - performance.now());
        const came = signing.isDue ? await within(wait, next) : await next;
        if (came?.done) return;
        if (came) {
          await append(writer, came.value);
          next = batches.next();
        }
        if (!signing.isDue || performance.now() - signedAt < signEveryMs) continue;
        signedAt = performance.now();
        tell({ kind: 'signed', size: await signing.sign() });
        success();
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  /** For the processes that answer. What was told already is not told again because nobody can be asked to keep it. */
  async #keep(refusal: LogRefused | undefined): Promise<void> {
    const { database, clock, tell } = this.parts;
    try {
      const { id: log, size } = (await LogWriter.open(database))?.state ?? { id: 0, size: 0 };
      const looked = { kind: 'signing', foundAt: clock.now().toISOString(), log, size } as const;
      await keepFinding(database, findingOf(looked, refusal?.message, refusal?.fault));
    } catch (error) {
      tell({ kind: 'trouble', error });
    }
  }

  /** The present log; the first one is begun. */
  async #writer(): Promise<LogWriter> {
    const { database, signer, clock } = this.parts;
    const present = await LogWriter.open(database);
    if (present) return present;
    const { key } = signer;
    const begunAt = clock.now().toISOString();
    return LogWriter.begin(database, {
      origin: key.name,
      verifier: verifierLine(key),
      begunAt,
      reason: null,
    });
  }
}

/** What a subscription gives twice is passed over. */
async function append(writer: LogWriter, batch: readonly StoredEvent[]): Promise<void> {
  const { position, size } = writer.state;
  const fresh = batch.filter((event) => event.position > (position ?? ''));
  const ends = await writer.ends([...new Set(fresh.map(({ stream }) => stream))]);
  await writer.append(nextLeaves(fresh, ends, size));
}

/** Undefined if it has not come by then. */
async function within<T>(ms: number, coming: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}
