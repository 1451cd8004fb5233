import { pino, stdTimeFunctions, type DestinationStream } from 'pino';
import type { Config } from './config.js';

/** All that a line may say beside its event: ids, codes, counts, times, and words of the program's own. Whoever adds one vouches for it. */
const ALLOWED = [
  'attempts',
  'begins',
  'caseId',
  'cases',
  'code',
  'context',
  'correlationId',
  'doing',
  'error',
  'events',
  'host',
  'issueId',
  'key',
  'leaf',
  'loser',
  'method',
  'mostADay',
  'ms',
  'outcome',
  'parked',
  'phase',
  'pid',
  'position',
  'principalId',
  'projection',
  'reason',
  'repair',
  'revision',
  'route',
  'scheduled',
  'size',
  'status',
  'stream',
  'survivor',
  'trace',
  'unreadable',
  'url',
  'webhookId',
  'written',
] as const;

type Fields = Readonly<Partial<Record<(typeof ALLOWED)[number], string | number | boolean | undefined>>>;

/**
 * JSON lines for whoever runs the service. Ids and codes only: never a body, a query, a name, nor the message of an
 * unknown error, which may quote any of them; a field that is not on the list is dropped. ERROR means that someone must act now.
 */
export abstract class Log {
  abstract debug(fields: Fields, event: string): void;
  abstract info(fields: Fields, event: string): void;
  abstract warn(fields: Fields, event: string): void;
  abstract error(fields: Fields, event: string): void;
}

/** Lines for people or machines on standard output or error; each is written before the next step is taken: a process that dies has said what it did. */
export const linesTo = (descriptor: 1 | 2): DestinationStream =>
  pino.destination({ dest: descriptor, sync: true });

/** To standard output, unless told otherwise. */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>, destination = linesTo(1)): Log {
  const options = {
    level: logLevel,
    base: null,
    messageKey: 'event',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }), log: onlyAllowed },
  };
  return pino(options, destination);
}

/** What the types let through after all is stopped here. */
function onlyAllowed(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = ALLOWED.flatMap((name): [string, unknown][] => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return ['string', 'number', 'boolean'].includes(typeof value) ? [[name, value]] : [];
  });
  return Object.fromEntries(kept);
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
