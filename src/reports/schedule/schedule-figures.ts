import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';

/** The schedule in numbers, of the process whose turn it is. */
@Injectable()
export class ScheduleFigures {
  readonly #failing: Gauge;
  readonly #complete: Gauge;

  constructor(registry: Registry) {
    this.#failing = new Gauge({
      name: 'habeas_scheduled_reports_failing',
      help: 'Reports on schedule that could not be made so far.',
      registers: [registry],
    });
    this.#complete = new Gauge({
      name: 'habeas_scheduled_reports_complete_timestamp_seconds',
      help: 'When all reports on schedule were last seen to be made; 0: not by this process.',
      registers: [registry],
    });
  }

  tell(failing: number, completeAt: Date | undefined): void {
    this.#failing.set(failing);
    if (completeAt) this.#complete.set(completeAt.getTime() / 1000);
  }

  /** Another process tells of it now. */
  turnIsOver(): void {
    this.#failing.set(0);
  }
}
