import { LawBook } from './cases/law-book.js';
import { SystemClock } from './clock.js';
import { readConfig, type Config } from './config.js';
import { createLog, Log, traceOf } from './log.js';
import { refusalIn } from './refusal.js';
import type { FirstAdmin } from './security/first-admin.js';
import type { RunningService } from './serve.js';

const EX_CONFIG = 78;
/** The one jurisdiction there is; what day it is there is today. */
const JURISDICTION = 'BY';

/** Starts the service as the environment says, and ends the process with it. */
export async function start(): Promise<void> {
  // Whatever is written from here on is for the owner's eyes.
  process.umask(0o077);
  let config: Config | undefined;
  try {
    config = readConfig(process.env);
    const log = createLog(config);
    dieQuietly(log);
    // Not before the settings have been found good: to load the service takes far longer than to read them.
    const { serve } = await import('./serve.js');
    const service = await serve(
      config,
      new SystemClock(LawBook.of(JURISDICTION).law.timeZone, config.today),
      log,
    );
    say(`Habeas listens on ${service.url}`);
    if (service.firstAdmin) sayFirstAdmin(service.firstAdmin);
    stopOnSignal(service);
  } catch (error) {
    process.exit(explain(error, config?.dataDir));
  }
}

function explain(error: unknown, dataDir = ''): number {
  const refusal = refusalIn(error);
  if (refusal) {
    refusal.forEach(say);
    return EX_CONFIG;
  }
  const { code, trace } = traceOf(codedIn(error));
  say(`Habeas did not start on the data in ${dataDir}: ${reasonOf(error)}${code ? ` (${code})` : ''}`);
  if (trace && !code) say(trace);
  return 1;
}

/** The first error in the chain of causes that has a code, else the last of them. */
function codedIn(error: unknown): unknown {
  const hasCode = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return error instanceof Error && !hasCode && error.cause !== undefined ? codedIn(error.cause) : error;
}

/** With what lies behind it: nobody has written anything yet that a message could quote. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return error.cause === undefined ? error.message : `${error.message}: ${reasonOf(error.cause)}`;
}

/** What nobody caught ends the process, as ever; but Node would print the error's message, which may quote what a person wrote. */
function dieQuietly(log: Log): void {
  process.on('uncaughtException', (error) => {
    log.error(traceOf(error), 'uncaught error');
    process.exit(1);
  });
}

/** The key goes to a terminal only: what is not one keeps what is written to it. */
function sayFirstAdmin({ key, file }: FirstAdmin): void {
  if (file === undefined) return;
  if (process.stderr.isTTY) say(`First admin key (shown once): ${key}`);
  say(`The first admin key is in ${file}: read it, keep it safe and delete the file.`);
}

function stopOnSignal(service: RunningService): void {
  let stopping = false;
  const stop = (): void => {
    // Whoever asks twice does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    service.stop().then(
      (well) => process.exit(well ? 0 : 1),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** For people, so not into the log on standard output. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
