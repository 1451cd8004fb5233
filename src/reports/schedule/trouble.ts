import { HabeasError } from '../../errors.js';
import { isPassing } from '../../projections/failures.js';

const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;
/** What passes by itself has passed by then: half an hour. */
const PATIENT_TRIES = 6;

/** So long is waited after so many failures. */
export const pauseAfter = (failures: number): number => Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);

/** `issued`: the issue stands, and it is the folder that cannot be written to, or a document that cannot be made. */
export function needsSomebody(
  error: unknown,
  { failures, issued }: { failures: number; issued: boolean },
): boolean {
  const isFull = error instanceof HabeasError && error.kind === 'storage_full';
  return issued || isFull || !isPassing(error) || failures >= PATIENT_TRIES;
}
