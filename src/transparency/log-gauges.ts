import type { Registry } from 'prom-client';
import { askedGauge } from '../http/metrics/asked-gauge.js';
import type { LogStanding, TransparencyLog } from './transparency-log.js';

const MS = 1_000;

/** The log in numbers, as the tables have it: every process tells the same, whether it signs or not. */
export class LogGauges {
  constructor(
    private readonly registry: Registry,
    private readonly log: TransparencyLog,
  ) {
    this.#gauge('habeas_log_signed_size', 'Events under the last checkpoint.', (of) => of.signedSize);
    this.#gauge('habeas_log_signed_timestamp_seconds', 'When the last checkpoint was signed.', (of) =>
      secondsOf(of.signedAt),
    );
    this.#gauge('habeas_log_verified_timestamp_seconds', 'When the whole store was last read again.', (of) =>
      secondsOf(of.verifiedAt),
    );
    this.#gauge(
      'habeas_log_alarms',
      'Not 0: the store or the log is not what was signed.',
      (of) => of.alarms.length,
    );
  }

  #gauge(name: string, help: string, value: (of: LogStanding) => number | null): void {
    askedGauge(this.registry, name, help, () => this.log.state().then(value));
  }
}

const secondsOf = (instant: string | null): number | null =>
  instant === null ? null : Date.parse(instant) / MS;
