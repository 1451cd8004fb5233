import type { StoreFault } from '../transparency/store/store-fault.js';

/** What does not hold, as the exit code of `habeas verify` says it. */
export const EXIT_CODES = {
  /** The file is not one that was exported. */
  manifest: 10,
  payload: 11,
  chain: 12,
  inclusion: 13,
  signature: 14,
  /** With a checkpoint that was remembered. */
  consistency: 15,
  /** The end of the case is not the one that the export was bound to. */
  head: 16,
  /** A file that was given is none of the case's. */
  evidence: 17,
  /** Something is missing, and nothing says why. */
  gap: 18,
} as const;

export type Aspect = keyof typeof EXIT_CODES;

/** Ends a verification: the first thing that does not hold, in words for whoever checks. */
export class Unproven extends Error {
  override readonly name = 'Unproven';

  constructor(
    readonly aspect: Aspect,
    message: string,
    /** In a store: where. */
    readonly fault?: StoreFault,
  ) {
    super(message);
  }

  get exitCode(): number {
    return EXIT_CODES[this.aspect];
  }
}
