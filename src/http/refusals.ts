import type { RefusedAnswer } from './access-journal.js';

/** The door is not for this caller, there is nothing there for them, or they have had enough. */
const STATUSES: ReadonlySet<number> = new Set([403, 404, 429]);

/**
 * What also says no to who asks, and not to what they sent: it tells of a case that they may not know of whether it is there, or
 * that the deed takes somebody else.
 */
const CODES: ReadonlySet<string> = new Set(['unknown-case', 'case-already-opened', 'approval-by-requester']);

/**
 * Whether an answer to somebody known is a refusal, and so goes on record. All other noes are about what was sent (a body that
 * does not fit, a date that does not exist), or about a case that the caller sees anyway.
 */
export const isRefusal = ({ status, code }: RefusedAnswer): boolean =>
  STATUSES.has(status) || CODES.has(code);
