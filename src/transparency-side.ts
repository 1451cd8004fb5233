import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { EventStore } from './event-store/event-store.js';
import { traceOf, type Log } from './log.js';
import { logIn, openLogDatabase, openNotary, prepareLogDatabase } from './notary.js';
import type { Shutdown } from './shutdown.js';
import { LogReader } from './transparency/log/log-reader.js';
import type { StoreFault } from './transparency/store/store-fault.js';
import type { NotaryNews } from './transparency/notary/notary.js';
import { TransparencyLog } from './transparency/transparency-log.js';

/** For auditors, and for those who wait for a checkpoint. */
const READER_CONNECTIONS = 2;

export interface TransparencySideParts {
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'notaryKeyFile' | 'roles'>;
  store: EventStore;
  clock: Clock;
  log: Log;
  shutdown: Shutdown;
}

/** The log of all events, as this process sees it, and, if it has that role, the notary. */
export class TransparencySide {
  readonly log: TransparencyLog;

  private constructor(readonly reader: LogReader) {
    this.log = new TransparencyLog(reader);
  }

  /** Resolves when there are tables to answer from. */
  static async open({ config, shutdown, log, ...parts }: TransparencySideParts): Promise<TransparencySide> {
    const location = logIn(config);
    await prepareLogDatabase(location);
    const database = openLogDatabase(location, { readOnly: true, poolSize: READER_CONNECTIONS });
    shutdown.during('close stores', () => database.destroy());
    // A start that has failed meanwhile leaves no key behind.
    if (config.roles.has('notary') && !shutdown.hasBegun) {
      const notary = openNotary({ config, tell: (news) => report(log, news), ...parts });
      // In this order: of a service that is ending it is stopped at once.
      notary.start();
      shutdown.during('stop subscriptions', () => notary.stop());
    }
    return new TransparencySide(new LogReader(database));
  }
}

function report(log: Log, news: NotaryNews): void {
  switch (news.kind) {
    case 'signed':
      log.debug({ size: news.size }, 'signed');
      return;
    case 'refused':
      log.error(placeOf(news.refusal.message, news.refusal.fault), 'notary refused');
      return;
    case 'verified':
      if (news.reason === undefined) log.info({ size: news.size }, 'store verified');
      else log.error(placeOf(news.reason, news.fault), 'store altered');
      return;
    case 'trouble':
      log.warn(traceOf(news.error), 'notary trouble');
      return;
    default:
      news satisfies never;
  }
}

const placeOf = (reason: string, fault: StoreFault | undefined) => ({
  reason,
  leaf: fault?.leaf,
  stream: fault?.event?.stream,
  revision: fault?.event?.revision,
});
