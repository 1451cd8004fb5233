import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { HabeasError } from '../errors.js';
import { unreachable } from './postgres-failures.js';
import { sessionOf } from './postgres-settings.js';

const CONNECT_MS = 5_000;
/** How often whoever waits asks for the lock, and whoever has it asks whether it still does. */
const ASK_MS = 1_000;
const ANSWER_MS = 2_500;
/**
 * The server ends a session that has asked nothing for so long, and gives its lock to another. The holder has noticed before
 * that (after `ASK_MS` and `ANSWER_MS` at most), if its own clock runs.
 */
const SILENCE_MS = 5_000;
/** After a loss: whoever waits is to have it, whose way to the server is better. */
const STEP_BACK_MS = 3 * ASK_MS;

export interface LockRequest {
  /** Of a PostgreSQL database, not of a pool before it: the lock is the session's. */
  url: string;
  /** All who ask for this name in this database exclude each other. */
  name: string;
  /** Ends the waiting, and the work. */
  signal: AbortSignal;
}

/**
 * Waits until no other process in the world has the lock, and does the work while this one has it. Resolves when the work is
 * done, or when the signal is given. If the connection is lost, `held` is aborted at once, and this rejects with `lock-lost` as
 * soon as the work has ended: then ask again.
 *
 * A holder that dies is followed by another within 7 s: at once if its connection is closed with it, else when the server has
 * heard nothing for 5 s. Not promised: that the work of a holder that was cut off has ended by then. It must not do harm.
 */
export async function holdLock(
  { url, name, signal }: LockRequest,
  work: (held: AbortSignal) => Promise<void>,
): Promise<void> {
  if (signal.aborted) return;
  const session = await LockSession.open(url);
  try {
    while (!(await session.take(name))) {
      await idle(ASK_MS, signal);
      if (signal.aborted) return;
    }
    await session.during(signal, work);
  } finally {
    session.close();
  }
  if (!session.isLost) return;
  await idle(STEP_BACK_MS, signal);
  throw lost();
}

/** A connection of its own, over which something is asked every second: both ends notice soon when the other is gone. */
class LockSession {
  readonly #lost = new AbortController();

  private constructor(private readonly client: pg.Client) {
    client.on('error', () => this.#lost.abort());
    client.on('end', () => this.#lost.abort());
  }

  static async open(url: string): Promise<LockSession> {
    const client = new pg.Client({
      ...sessionOf(url, {
        applicationName: 'habeas lock',
        statementMs: ANSWER_MS,
        settings: {
          idle_session_timeout: SILENCE_MS,
          tcp_keepalives_idle: 1,
          tcp_keepalives_interval: 1,
          tcp_user_timeout: SILENCE_MS,
        },
      }),
      query_timeout: ANSWER_MS,
      connectionTimeoutMillis: CONNECT_MS,
    });
    const session = new LockSession(client);
    try {
      await client.connect();
    } catch (error) {
      session.close();
      throw unreachable(error);
    }
    return session;
  }

  get isLost(): boolean {
    return this.#lost.signal.aborted;
  }

  async take(name: string): Promise<boolean> {
    try {
      const { rows } = await this.client.query<{ taken: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
        [name],
      );
      return rows[0]?.taken ?? false;
    } catch (error) {
      throw unreachable(error);
    }
  }

  async during(signal: AbortSignal, work: (held: AbortSignal) => Promise<void>): Promise<void> {
    const done = new AbortController();
    const watching = this.#watch(AbortSignal.any([done.signal, this.#lost.signal]));
    try {
      await work(AbortSignal.any([signal, this.#lost.signal]));
    } finally {
      done.abort();
      await watching;
    }
  }

  /** Not waited for: a server that does not answer would not answer to this either. */
  close(): void {
    this.client.end().catch(() => undefined);
  }

  async #watch(until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      try {
        await this.client.query('select 1');
      } catch {
        this.#lost.abort();
      }
      await idle(ASK_MS, until);
    }
  }
}

async function idle(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

const lost = (): HabeasError =>
  new HabeasError('unavailable', 'lock-lost', 'the lock is lost: another process may have it by now');
