import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { PoolClient } from 'pg';
import {
  failureOf,
  isConflict,
  isLastWord,
  isOfStandby,
  isPlanOutdated,
  unreachable,
  withoutTables,
} from './postgres-failures.js';
import { preparedName } from './prepared.js';

/** What the driver says when its own time limit for an answer has passed; the session is of no use then. */
const NO_ANSWER = 'Query read timeout';
const READS = /^\s*(?:\/\*.*?\*\/\s*)?(?:select|with|show)\b/i;
const MOST_TRIES = 4;

/**
 * A connection lent by the pool, as Kysely uses it. It turns the failures of the database into errors that the rest of the
 * program knows, asks again what was refused only because of others, and gives back no connection that is of no more use.
 */
export class PostgresSession implements PostgresPoolClient {
  #inTransaction = false;
  #isLost = false;
  /** Why nothing more can be asked here. Whatever is asked all the same (Kysely's rollback) fails with it, too. */
  #end: { failure: unknown } | undefined;
  #isTired = false;
  readonly #onError = () => (this.#isLost = true);

  constructor(
    private readonly client: PoolClient,
    private readonly readOnly: boolean,
  ) {
    // Without a listener the loss of a connection that nothing is asked of just now would end this process.
    client.on('error', this.#onError);
  }

  query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  query<Row>(
    text: string | PostgresCursor<Row>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof text !== 'string') throw new Error('no answer is read piece by piece here');
    return this.#answer<Row>(text, parameters);
  }

  release(discard = false): void {
    this.client.off('error', this.#onError);
    this.client.release(discard || this.#isLost || this.#isTired || this.#end !== undefined);
  }

  async #answer<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    const reads = READS.test(text);
    for (let tries = 1; ; tries += 1) {
      if (this.#end) throw this.#end.failure;
      if (this.#isLost) throw this.#ended(unreachable(undefined));
      try {
        return await this.#ask<Row>(text, parameters, tries > 1);
      } catch (error) {
        const again = isConflict(error) || isPlanOutdated(error);
        if (again && reads && !this.#inTransaction && tries < MOST_TRIES) continue;
        throw this.#failed(error, text, reads);
      }
    }
  }

  async #ask<Row>(
    text: string,
    values: readonly unknown[],
    again: boolean,
  ): Promise<PostgresQueryResult<Row>> {
    // Once more without its name: what is kept under that may be out of date.
    const name = again ? undefined : preparedName(text);
    const result = await this.client.query({ name, text, values: [...values] });
    if (text === 'begin' || text.startsWith('start transaction')) this.#inTransaction = true;
    if (text === 'commit' || text === 'rollback') this.#inTransaction = false;
    return result as unknown as PostgresQueryResult<Row>;
  }

  #failed(error: unknown, text: string, reads: boolean): unknown {
    const begins = text === 'begin' || text.startsWith('start transaction');
    const final = text === 'commit' || (!this.#inTransaction && !reads && !begins);
    const silent = error instanceof Error && error.message === NO_ANSWER;
    const lost = this.#isLost || silent || isLastWord(error);
    const failure = (this.readOnly && withoutTables(error)) || failureOf(error, { lost, final });
    if (isOfStandby(error) || isPlanOutdated(error)) this.#isTired = true;
    return lost ? this.#ended(failure) : failure;
  }

  #ended(failure: unknown): unknown {
    this.#end = { failure };
    return failure;
  }
}
