import type { Circumstance, Uuid } from './common.js';

/** What an erasure cannot reach; every certificate says both. */
export const ERASURE_WARNINGS = ['exported_copies_remain', 'key_traces_until_master_key_is_rotated'] as const;

/**
 * Who may know of a case, and the end of what it tells of its person. Of an erasure only the request has words of its own: what
 * comes after it is read when the key of all words is gone.
 */
export interface ProtectionFacts {
  /** `to` are principals, at least one; to every other caseworker the case is not there. Takes the place of an earlier one. */
  CaseRestricted: Circumstance & { to: Uuid[]; reason: string };
  CaseUnrestricted: Circumstance & { reason?: string };
  ErasureRequested: Circumstance & { reason: string };
  /** Whoever recorded it has approved the request. */
  SubjectErasureStarted: Circumstance & { requestEventId: Uuid };
  /** The certificate. */
  SubjectErased: Circumstance & {
    requestEventId: Uuid;
    /** The case itself and those merged into it. */
    caseIds: Uuid[];
    /** Ids of the keys that are no more. */
    destroyedKeys: string[];
    /** How many events these had sealed. */
    sealedEvents: number;
    warnings: (typeof ERASURE_WARNINGS)[number][];
  };
}
