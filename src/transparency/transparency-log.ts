import { setTimeout as pause } from 'node:timers/promises';
import { HabeasError } from '../errors.js';
import type { Position } from '../event-store/event-store.js';
import type { Finding } from './log/findings.js';
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

/** What was signed and found of the present log; nulls before there is any. */
export interface LogStanding {
  origin: string | null;
  signedSize: number | null;
  /** RFC 3339. */
  signedAt: string | null;
  /** When the whole store was last held to the log. */
  verifiedAt: string | null;
  /** What is wrong, with the first bad event as far as there is one. */
  alarms: (Omit<Finding, 'log' | 'size' | 'fault'> & { fault: string })[];
}

/** The log as those see it who have no part in it: what is signed, by whom, and whether it covers an event yet. */
export class TransparencyLog {
  constructor(private readonly reader: LogReader) {}

  /** What was signed last of the present log; undefined before anything was. */
  checkpoint(): ReturnType<LogReader['checkpoint']> {
    return this.reader.checkpoint();
  }

  /** For those who run the service. */
  async state(): Promise<LogStanding> {
    const [present, checkpoint, findings] = await Promise.all([
      this.reader.present(),
      this.reader.checkpoint(),
      this.reader.findings(),
    ]);
    const own = findings.filter(({ log }) => log === present?.id);
    return {
      origin: present?.origin ?? null,
      signedSize: checkpoint?.size ?? null,
      signedAt: checkpoint?.signedAt ?? null,
      verifiedAt: own.find(({ kind }) => kind === 'verification')?.foundAt ?? null,
      alarms: own.flatMap(({ log: _, size: __, fault, ...found }) =>
        fault === null ? [] : [{ ...found, fault }],
      ),
    };
  }

  /** Of whoever signs the present log; undefined before it was begun. */
  async verifierKey(): Promise<NoteKey | undefined> {
    const present = await this.reader.present();
    return present && readVerifierLine(present.verifier);
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
