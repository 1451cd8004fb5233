import { setTimeout as pause } from 'node:timers/promises';
import { HabeasError } from '../errors.js';
import type { Position } from '../event-store/event-store.js';
import type { LogReader } from './log/log-reader.js';
import { readVerifierLine, type NoteKey } from './note/note-keys.js';

/** The notary signs every second; a look costs two short queries. */
const LOOK_EVERY_MS = 150;

/** An event as the log has it. */
export interface LoggedEvent {
  position: Position;
  /** Its leaf. */
  hash: Buffer;
}

/** The log as those see it who have no part in it: what is signed, by whom, and whether it covers an event yet. */
export class TransparencyLog {
  constructor(private readonly reader: LogReader) {}

  /** What was signed last of the present log; undefined before anything was. */
  checkpoint(): ReturnType<LogReader['checkpoint']> {
    return this.reader.checkpoint();
  }

  /** Of whoever signs the present log; undefined before it was begun. */
  async verifierKey(): Promise<NoteKey | undefined> {
    const line = await this.reader.verifier();
    return line === undefined ? undefined : readVerifierLine(line);
  }

  /**
   * Resolves as soon as a checkpoint covers the event, which is a second or so after it was recorded. Rejects with
   * `not-covered` when the signal is given before that: `AbortSignal.timeout(ms)` is how long to wait.
   */
  async covered(event: LoggedEvent, signal: AbortSignal): Promise<void> {
    while (!(await this.#covers(event))) {
      if (signal.aborted) throw notCovered();
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #covers({ position, hash }: LoggedEvent): Promise<boolean> {
    const checkpoint = await this.reader.checkpoint();
    if (!checkpoint) return false;
    const leaf = await this.reader.leafOf(checkpoint.log, position, hash);
    return leaf !== undefined && leaf < checkpoint.size;
  }
}

const notCovered = (): HabeasError =>
  new HabeasError(
    'unavailable',
    'not-covered',
    'no signed checkpoint covers this yet: is the notary running?',
    {
      retryAfterSeconds: 5,
    },
  );
