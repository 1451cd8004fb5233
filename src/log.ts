import { pino, stdTimeFunctions, type DestinationStream } from 'pino';
import type { Config } from './config.js';

type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * JSON lines for whoever runs the service. Ids and codes only: never a body, a query, a name, nor the message of an
 * unknown error, which may quote any of them. ERROR means that someone must act now.
 */
export abstract class Log {
  abstract debug(fields: Fields, event: string): void;
  abstract info(fields: Fields, event: string): void;
  abstract warn(fields: Fields, event: string): void;
  abstract error(fields: Fields, event: string): void;
}

/** To standard output, unless told otherwise. */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>, destination?: DestinationStream): Log {
  const options = {
    level: logLevel,
    base: null,
    messageKey: 'event',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What may be told of an unknown error: its kind and the places in the code, without its message. */
export function traceOf(error: unknown): { error: string; code?: string; trace?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as NodeJS.ErrnoException;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    ...(typeof code === 'string' && { code }),
    ...(frames.length > 0 && {
      trace: frames
        .slice(0, 8)
        .map((line) => line.trim())
        .join(' < '),
    }),
  };
}
