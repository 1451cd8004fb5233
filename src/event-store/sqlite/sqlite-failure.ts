import { HabeasError } from '../../errors.js';
import { NotDurable } from '../../not-durable.js';
import { StoreFull, StoreUnavailable } from '../errors.js';

/** SQLite's primary result codes that mean something of their own here; everything else is a fault. */
const BUSY = 5;
const FULL = 13;
const CONSTRAINT = 19;
/** The shared index of the log could not grow: what a full disk says to `-shm`. */
const IOERR_SHMSIZE = 4874;

function resultCode(error: unknown): number | undefined {
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code : undefined;
}

/** Did a file operation fail for this reason (`ENOENT`, `EEXIST`)? */
export function isFileFailure(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** Another connection holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  return ((resultCode(error) ?? 0) & 0xff) === BUSY;
}

/**
 * There was no room to write. Whoever sees it on COMMIT may say that nothing was written: the frame that makes a
 * transaction valid is the last one SQLite writes, and a log of which any frame is missing is cut before it.
 * (A file system that finds out only while it flushes reports an I/O error instead, and that is a fault.)
 */
export function isFull(error: unknown): boolean {
  return ((resultCode(error) ?? 0) & 0xff) === FULL;
}

/** A row would not be unique. It was not written, and the transaction stands. */
export function isConstraint(error: unknown): boolean {
  return ((resultCode(error) ?? 0) & 0xff) === CONSTRAINT;
}

/** A failure of SQLite in the store's own words; its text and code stay in the cause, for the log. */
export function storeError(error: unknown): HabeasError {
  if (error instanceof HabeasError) return error;
  if (error instanceof NotDurable) return new StoreUnavailable(error.message, { cause: error });
  if (isFull(error) || resultCode(error) === IOERR_SHMSIZE) return new StoreFull({ cause: error });
  if (isBusy(error)) return new StoreUnavailable('another process holds the event store', { cause: error });
  return new StoreUnavailable('the event store cannot be used at present', { cause: error });
}
