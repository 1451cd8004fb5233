/**
 * To which case a command with an idempotency key belongs. A store that knows every event id finds out by itself that a key is
 * used again for another case, since the same key makes the same ids; any other store would take them.
 */
export abstract class KeyClaims {
  /** Throws `idempotency-key-reused` if the command (its id is made of the principal and the key) went to another case. */
  abstract claim(commandId: string, caseId: string): Promise<void>;
  abstract close(): Promise<void>;
}

/** For a store that refuses ids which stand elsewhere. */
export class ClaimsByEventId implements KeyClaims {
  async claim(): Promise<void> {}
  async close(): Promise<void> {}
}
