import { Alarm, supervise } from '../../projections/supervise.js';
import { findingOf, keepFinding } from '../log/findings.js';
import { LogReader } from '../log/log-reader.js';
import { LogRefused } from './log-refused.js';
import type { NotaryParts } from './notary.js';
import { verifyWhole } from './verification.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const LOOK_EVERY_MS = 60_000;

export interface Pace {
  /** From the end of one to the next. */
  everyMs: number;
  /** How often is looked whether it is time; and so long after the start, which has enough to do. */
  lookMs: number;
}

/** Has the whole store read again once a day, also when the process does not live so long, and at once for a log that was begun anew. */
export class DailyVerification {
  readonly #reader: LogReader;

  constructor(
    private readonly parts: NotaryParts,
    private readonly pace: Pace = { everyMs: DAY_MS, lookMs: LOOK_EVERY_MS },
  ) {
    this.#reader = new LogReader(parts.database);
  }

  /** Until the signal. Never rejects. */
  run(signal: AbortSignal): Promise<void> {
    const alarm = new Alarm(signal);
    return supervise(
      async (success) => {
        await alarm.pause(this.pace.lookMs);
        if (!signal.aborted && (await this.#isDue())) await this.#verify(signal);
        success();
        return 'again';
      },
      { signal, onTrouble: (error) => this.parts.tell({ kind: 'trouble', error }) },
    );
  }

  async #isDue(): Promise<boolean> {
    const [present, findings] = await Promise.all([this.#reader.present(), this.#reader.findings()]);
    const last = findings.find(({ kind }) => kind === 'verification');
    const since = this.parts.clock.now().getTime() - Date.parse(last?.foundAt ?? '');
    // One that is still to come is no measure: the clock was wrong then, or somebody has written it there.
    return !(last?.log === present?.id && since >= 0 && since < this.pace.everyMs);
  }

  async #verify(signal: AbortSignal): Promise<void> {
    const { database, clock, tell } = this.parts;
    const found = await this.#found(signal);
    if (!found) return;
    const { size, reason, fault } = found;
    tell({ kind: 'verified', size, reason, fault });
    const looked = {
      kind: 'verification',
      foundAt: clock.now().toISOString(),
      log: found.log,
      size,
    } as const;
    await keepFinding(database, findingOf(looked, reason, fault));
  }

  /** What was not signed by this key the other half of the role refuses, and tells of. */
  async #found(signal: AbortSignal): ReturnType<typeof verifyWhole> {
    try {
      return await verifyWhole({ ...this.parts, reader: this.#reader }, signal);
    } catch (error) {
      if (error instanceof LogRefused) return undefined;
      throw error;
    }
  }
}
