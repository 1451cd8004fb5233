import type { Uuid } from '../facts/common.js';
import type { Law } from '../law/law.js';

/** Whose command it is. A person has one id, whichever key was used. */
export interface Sender {
  principalId: string;
  isAdmin: boolean;
}

/** What a decision needs to be told from outside: it has no clock, no randomness and no law of its own. */
export interface DecideContext {
  /**
   * An id for what the caller gave none: `detention`, `proceeding`, `hearing`, `decision`, `appeal`, `denial`,
   * `penalty`, and `penalty:1` and on for the further penalties of one decision. The same purpose must give the same
   * id within a command.
   */
  newId(purpose: string): Uuid;
  /** RFC 3339 in UTC with milliseconds: closes the dates that have no latest day. */
  recordedAt: string;
  by: Sender;
  law: Law;
}
