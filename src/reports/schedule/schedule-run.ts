import type { Day } from '../../cases/domain/dates/day.js';
import { localDayOf } from '../../cases/domain/dates/local-day.js';
import type { Clock } from '../../clock.js';
import { traceOf, type Log } from '../../log.js';
import type { IssueReport } from '../issued/issue-report.js';
import type { IssuedReports } from '../issued/issued-reports.js';
import { agenda } from './agenda.js';
import type { Wanted } from './schedulable.js';
import { envelopeOf, keyOf, questionOf, type Scheduled } from './scheduled.js';
import type { ScheduledDocuments } from './scheduled-documents.js';
import { needsSomebody, pauseAfter } from './trouble.js';
import { describeFailure } from '../../projections/failures.js';

/** Clocks of several processes differ, and what was done before midnight is still being recorded. */
const GRACE_MS = 10 * 60_000;

export interface ScheduleParts {
  wanted: Wanted;
  issuing: Pick<IssueReport, 'issue'>;
  issued: Pick<IssuedReports, 'all'>;
  documents: ScheduledDocuments;
  clock: Clock;
  /** Days end there. */
  timeZone: string;
  log: Log;
  tell: (standing: { failing: number; complete: boolean }) => void;
}

interface Due {
  scheduled: Scheduled;
  failures: number;
  /** Not before, on the clock. */
  at: number;
  /** Why somebody must act, once he was told. */
  told?: string;
}

/** Makes what is on schedule as days and months end. Whatever it does may be done twice, and by two at once. */
export class ScheduleRun {
  #due: Due[] = [];
  #ended: Day | undefined;

  constructor(private readonly parts: ScheduleParts) {}

  /** Sees to all that is due now; what fails is left for another look. Rejects if it cannot be told what is due. */
  async look(signal: AbortSignal): Promise<void> {
    const ended = this.#lastDayOver();
    if (ended !== this.#ended) {
      await this.#plan(ended);
      this.#ended = ended;
    }
    for (const due of this.#due) {
      if (signal.aborted) return;
      if (due.at > this.parts.clock.now().getTime()) continue;
      if (await this.#seeTo(due, signal)) this.#due = this.#due.filter((one) => one !== due);
      this.#tell();
    }
    this.#tell();
  }

  #lastDayOver(): Day {
    const { clock, timeZone } = this.parts;
    return localDayOf(clock.now().getTime() - GRACE_MS, timeZone) - 1;
  }

  async #plan(ended: Day): Promise<void> {
    const { issued, wanted, timeZone, documents, log } = this.parts;
    const issues = (await issued.all()).map(({ issueId, issuedAt }) => ({
      issueId,
      on: localDayOf(Date.parse(issuedAt), timeZone),
    }));
    // Not what keeps anything from being made.
    await documents.removeLeft().catch(() => undefined);
    const before = new Map(this.#due.map((due) => [keyOf(due.scheduled), due]));
    this.#due = agenda(ended, wanted, issues).map((scheduled) => {
      const known = before.get(keyOf(scheduled));
      before.delete(keyOf(scheduled));
      return known ?? { scheduled, failures: 0, at: -Infinity };
    });
    for (const { scheduled } of before.values())
      log.warn({ scheduled: keyOf(scheduled) }, 'scheduled report given up');
  }

  /** True once nothing of it is left to be done. */
  async #seeTo(due: Due, signal: AbortSignal): Promise<boolean> {
    const { issuing, documents, log } = this.parts;
    const { scheduled } = due;
    let issueId: string | undefined;
    try {
      const { content, replayed, ...issue } = await issuing.issue(
        questionOf(scheduled),
        envelopeOf(scheduled),
      );
      issueId = issue.issueId;
      const written = await documents.complete(scheduled, content, signal);
      if (written === undefined) return false;
      if (!replayed || written > 0)
        log.info({ scheduled: keyOf(scheduled), issueId, written }, 'scheduled report made');
      return true;
    } catch (error) {
      // What is broken off because the service ends has not failed.
      if (!signal.aborted) this.#failed(due, error, issueId);
      return false;
    }
  }

  #failed(due: Due, error: unknown, issueId: string | undefined): void {
    const { clock, log } = this.parts;
    const { code } = describeFailure(error);
    due.failures += 1;
    due.at = clock.now().getTime() + pauseAfter(due.failures);
    const fields = {
      ...traceOf(error),
      scheduled: keyOf(due.scheduled),
      issueId,
      code,
      attempts: due.failures,
    };
    const isNews =
      due.told !== code && needsSomebody(error, { failures: due.failures, issued: issueId !== undefined });
    if (isNews) due.told = code;
    log[isNews ? 'error' : 'warn'](fields, 'scheduled report not made');
  }

  #tell(): void {
    const failing = this.#due.filter(({ failures }) => failures > 0).length;
    this.parts.tell({ failing, complete: this.#due.length === 0 });
  }
}
