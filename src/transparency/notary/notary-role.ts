import { supervise } from '../../projections/supervise.js';
import { Notary, type NotaryParts } from './notary.js';

/** Does the work while no other process does it; resolves with its end, rejects when it was lost to another. */
export type TakeNotaryTurn = (
  signal: AbortSignal,
  work: (held: AbortSignal) => Promise<void>,
) => Promise<void>;

export interface NotaryRoleParts extends NotaryParts {
  /** Absent where one process has the database to itself. */
  takeTurn: TakeNotaryTurn | undefined;
}

/** The notary as part of a process: it waits for its turn, and goes on until it is stopped or has refused. */
export class NotaryRole {
  readonly #end = new AbortController();
  #ended: Promise<void> | undefined;

  constructor(private readonly parts: NotaryRoleParts) {}

  start(): void {
    const { takeTurn = (signal, work) => work(signal), tell } = this.parts;
    const { signal } = this.#end;
    const notary = new Notary(this.parts);
    this.#ended = supervise(
      async () => {
        await takeTurn(signal, (held) => notary.run(held));
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
