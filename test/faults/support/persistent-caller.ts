import type { Caseworker, Recorded } from '../../support/caseworker.js';
import type { Acknowledged } from './recorded-once.js';

export interface Command {
  path: string;
  body: object;
}

export interface PersistentCallerOptions {
  name: string;
  /** The same person at one service or at several that are one; each command goes first to the first, and then round. */
  at: readonly [Caseworker, ...Caseworker[]];
  /** Told of each command that was answered. */
  acknowledged: (command: Acknowledged, answer: Recorded) => void;
  /** How long to wait for an answer before the command is sent again, in milliseconds; absent: until it comes. */
  patience?: () => number;
}

/** What there may be instead of an answer when the store cannot be reached: that it is not known, or that nothing was sent. */
const NO_ANSWER = new Set(['outcome-unknown', 'store-unavailable']);

/** Sends each command with a key of its own, and again with the same key until it is answered. */
export class PersistentCaller {
  #sent = 0;
  /** What there was instead of answers: codes, `late` for what was not waited for, `cut off` where the connection was. */
  readonly instead: string[] = [];

  constructor(private readonly options: PersistentCallerOptions) {}

  async record(command: Command): Promise<Recorded> {
    const { name, at, acknowledged } = this.options;
    this.#sent += 1;
    const key = `${name} ${this.#sent}`;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#ask(at[attempt % at.length] ?? at[0], command, key);
      if (!answer) continue;
      acknowledged({ key, answer }, answer);
      return answer;
    }
  }

  async #ask(caseworker: Caseworker, command: Command, key: string): Promise<Recorded | undefined> {
    const { promise: tooLate, resolve: giveUp } = Promise.withResolvers<'late'>();
    const timer = this.options.patience && setTimeout(() => giveUp('late'), this.options.patience());
    const sent = caseworker.send(command.path, command.body, { 'idempotency-key': key }).catch(asCutOff);
    try {
      const reply = await Promise.race([sent, tooLate]);
      if (typeof reply === 'string') return void this.instead.push(reply);
      if (reply.status === 201) return reply.body;
      const { code } = reply.body as unknown as { code: string };
      if (reply.status !== 503 || !NO_ANSWER.has(code)) {
        throw new Error(`${command.path} was answered ${reply.status}: ${reply.text}`);
      }
      return void this.instead.push(code);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What `fetch` says of a cut connection. */
function asCutOff(error: unknown): 'cut off' {
  if ((error as Error).name === 'TypeError') return 'cut off';
  throw error;
}
