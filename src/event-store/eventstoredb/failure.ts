import {
  AccessDeniedError,
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
} from '@eventstore/db-client';
import { HabeasError } from '../../errors.js';
import { InvalidAppend, OutcomeUnknown, RevisionConflict, StoreUnavailable } from '../errors.js';
import { TimedOut } from './within.js';

/** What is known of an append that failed. */
export type AppendFailure =
  /** It will not be taken, now or later, or the stream stands elsewhere; nothing was written. */
  | { kind: 'refused'; error: HabeasError }
  /** It reached nobody who would write it; to be tried again. */
  | { kind: 'not sent' }
  /** It may have been written; to be tried again with the same ids. */
  | { kind: 'unknown' };

export function appendFailure(error: unknown): AppendFailure {
  if (error instanceof RevisionConflict) return { kind: 'refused', error };
  if (error instanceof NotLeaderError) return { kind: 'not sent' };
  if (error instanceof MaxAppendSizeExceededError) {
    return { kind: 'refused', error: new InvalidAppend('it is larger than the server takes') };
  }
  const refusal = refusalOf(error);
  return refusal ? { kind: 'refused', error: refusal } : { kind: 'unknown' };
}

/** True when nothing came at all: the connection may be one that only this end still believes in. */
export const isSilence = (error: unknown): boolean =>
  error instanceof TimedOut || error instanceof DeadlineExceededError;

/** Why nothing can be read at present. */
export function readFailure(error: unknown): HabeasError {
  if (error instanceof HabeasError) return error;
  return (
    refusalOf(error) ??
    new StoreUnavailable(`EventStoreDB gave no answer (${reasonOf(error)})`, { cause: error })
  );
}

/** Nobody knows whether it was written, and the time for trying is over. */
export const outcomeUnknown = (error: unknown): OutcomeUnknown => new OutcomeUnknown({ cause: error });

function refusalOf(error: unknown): HabeasError | undefined {
  if (error instanceof AccessDeniedError) {
    const reason =
      'EventStoreDB refuses these credentials; only admins may read all streams unless told otherwise';
    return new StoreUnavailable(reason, { cause: error });
  }
  if (error instanceof StreamDeletedError) {
    return new HabeasError(
      'refused',
      'stream-deleted',
      'the stream has been deleted in the store',
      {},
      { cause: error },
    );
  }
  return undefined;
}

/** The kind of failure, without the message: it can quote addresses and what was sent. Before the client has connected its errors are plain gRPC errors, with a number. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { type, code } = error as { type?: unknown; code?: unknown };
  if (typeof type === 'string') return type;
  return typeof code === 'number' || typeof code === 'string' ? `${error.name} ${code}` : error.name;
}
