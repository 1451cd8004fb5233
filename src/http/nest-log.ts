import type { LoggerService } from '@nestjs/common';
import { Log, traceOf } from '../log.js';

/** Hands on what Nest itself says. Its tale of every module and route it found is for debugging only. */
export class NestLog implements LoggerService {
  constructor(private readonly to: Log) {}

  log(message: unknown, ...more: unknown[]): void {
    this.to.debug({ ...about(message), context: contextIn(more) }, 'nest');
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.log(message, ...more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.log(message, ...more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.to.warn({ ...about(message), context: contextIn(more) }, 'nest');
  }

  error(message: unknown, ...more: unknown[]): void {
    this.to.error({ ...about(message), context: contextIn(more) }, 'nest');
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.error(message, ...more);
  }
}

/** Its words are not repeated: they may be those of an error. */
const about = (message: unknown): ReturnType<typeof traceOf> | undefined =>
  typeof message === 'string' ? undefined : traceOf(message);

/** Nest puts the speaker's name last. */
function contextIn(more: readonly unknown[]): string | undefined {
  const last = more.at(-1);
  return typeof last === 'string' ? last : undefined;
}
