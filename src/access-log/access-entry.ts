import type { ReadType, RefusedAnswer, Shown } from '../http/access-journal.js';

/** Somebody was shown something, or was refused. No personal data but the purpose, which is sealed. */
export type AccessEntry = AccessOccasion & (ReadEntry | RefusalEntry);

interface AccessOccasion {
  /** Who asked. */
  principalId: string;
  correlationId: string;
  /** Method and route as registered, so that no text of the caller's is in it. */
  route: string;
  /** Those shown, those merged into them, and those asked for by id. */
  caseIds: readonly string[];
  /** In the caller's own words. */
  purpose?: string;
}

interface ReadEntry {
  type: ReadType;
  fields: Shown['fields'];
  evidenceId?: string;
}

interface RefusalEntry extends RefusedAnswer {
  type: 'AccessRefused';
}
