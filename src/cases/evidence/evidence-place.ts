import type { FilePlace } from '../../files/file-store.js';

interface EvidenceIds {
  /** Of the case in whose stream it is attached. */
  caseId: string;
  evidenceId: string;
  sha256: string;
}

/** By case, so that all that an erasure is to remove lies together; a repeat that brings other bytes does not meet these. */
export const evidencePlace = ({ caseId, evidenceId, sha256 }: EvidenceIds): FilePlace => ({
  group: caseId,
  name: `${evidenceId}.${sha256}`,
});

/** What its encryption is bound to: the hash is known only once it is written. */
export const evidenceBinding = (
  { caseId, evidenceId }: Pick<EvidenceIds, 'caseId' | 'evidenceId'>,
  keyId: string,
): string => JSON.stringify(['habeas/evidence/1', caseId, evidenceId, keyId]);
