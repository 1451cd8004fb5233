import type { TakeTurn } from '../../database/turn.js';
import { supervise } from '../../projections/supervise.js';
import { DailyVerification, type Pace } from './daily-verification.js';
import { Notary, type NotaryParts } from './notary.js';

export interface NotaryRoleParts extends NotaryParts {
  /** Absent where one process has the database to itself. */
  takeTurn: TakeTurn | undefined;
  /** Of the daily verification, if not the usual one. */
  pace?: Pace;
}

/**
 * The notary as part of a process: it waits for its turn, and goes on until it is stopped. One that has refused to sign goes on
 * looking at the store, and keeps its turn: another one would do no better.
 */
export class NotaryRole {
  readonly #end = new AbortController();
  #ended: Promise<void> | undefined;

  constructor(private readonly parts: NotaryRoleParts) {}

  start(): void {
    const { takeTurn = (signal, work) => work(signal), tell, pace } = this.parts;
    const { signal } = this.#end;
    const notary = new Notary(this.parts);
    const daily = new DailyVerification(this.parts, pace);
    this.#ended = supervise(
      async () => {
        await takeTurn(signal, async (held) => {
          await Promise.all([notary.run(held), daily.run(held)]);
        });
        return 'done';
      },
      { signal, onTrouble: (error) => tell({ kind: 'trouble', error }) },
    );
  }

  /** Resolves when it touches nothing any more. */
  async stop(): Promise<void> {
    this.#end.abort();
    await this.#ended;
  }
}
