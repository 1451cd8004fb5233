import type { StoreFault } from '../store/store-fault.js';

/** The notary does not sign what it has found, and nobody may make it go on by asking again. */
export class LogRefused extends Error {
  override readonly name = 'LogRefused';

  constructor(
    /** In words; quotes nothing of what is stored. */
    message: string,
    readonly fault?: StoreFault,
  ) {
    super(message);
  }
}
