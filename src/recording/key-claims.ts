import { HabeasError } from '../errors.js';

/**
 * To which case a command with an idempotency key belongs, or to which other stream. A store that knows every event id finds out
 * by itself that a key is used again for another one, since the same key makes the same ids; any other store would take them.
 */
export abstract class KeyClaims {
  /**
   * Throws `idempotency-key-reused` if the command (its id is made of the principal and the key) went to another subject: the id of
   * a case, or the name of another stream.
   */
  abstract claim(commandId: string, subject: string): Promise<void>;
  abstract close(): Promise<void>;
}

/** For a store that refuses ids which stand elsewhere. */
export class ClaimsByEventId implements KeyClaims {
  async claim(): Promise<void> {}
  async close(): Promise<void> {}
}

export const keyReused = (): HabeasError =>
  new HabeasError(
    'semantic',
    'idempotency-key-reused',
    'this Idempotency-Key was used before, for another request',
    { errors: [{ pointer: '/headers/idempotency-key', message: 'was used before for another request' }] },
  );
