import { ERASURE_WARNINGS, type ProtectionFacts } from '../../facts/protection-facts.js';
import { isRestricted, noErasureIsRequested } from '../rules/protection.js';
import { MOST_READERS } from '../shape/limits.js';
import { and, list, object, optional } from '../shape/reading.js';
import { circumstance, matching, oneOf, text, uuid, whole } from '../shape/values.js';
import type { KindsOf } from './kind.js';

const readers = and(
  list(uuid, 1, MOST_READERS),
  (ids) => new Set(ids).size === ids.length,
  'must name each principal once',
);
const keyId = matching(/^[\w-]{1,64}$/, 'must be the id of a key');

export const protectionKinds: KindsOf<ProtectionFacts> = {
  CaseRestricted: {
    reads: object<ProtectionFacts['CaseRestricted']>({ to: readers, reason: text, ...circumstance }),
    keeps: [],
  },
  CaseUnrestricted: {
    reads: object<ProtectionFacts['CaseUnrestricted']>({ reason: optional(text), ...circumstance }),
    keeps: [],
    stands: [isRestricted],
  },
  ErasureRequested: {
    reads: object<ProtectionFacts['ErasureRequested']>({ reason: text, ...circumstance }),
    keeps: [],
    stands: [noErasureIsRequested],
  },
  SubjectErasureStarted: {
    reads: object<ProtectionFacts['SubjectErasureStarted']>({ requestEventId: uuid, ...circumstance }),
    keeps: ['requestEventId'],
  },
  SubjectErased: {
    reads: object<ProtectionFacts['SubjectErased']>({
      requestEventId: uuid,
      caseIds: list(uuid, 1, Infinity),
      destroyedKeys: list(keyId, 0, Infinity),
      sealedEvents: whole(0, Number.MAX_SAFE_INTEGER),
      warnings: list(oneOf(ERASURE_WARNINGS), ERASURE_WARNINGS.length, ERASURE_WARNINGS.length),
      ...circumstance,
    }),
    keeps: ['requestEventId'],
  },
};
