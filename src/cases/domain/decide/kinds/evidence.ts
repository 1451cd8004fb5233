import type { CaseHead, EvidenceFacts } from '../../facts/evidence-facts.js';
import { list, object, optional, type Members } from '../shape/reading.js';
import { circumstance, date, matching, text, uuid, whole } from '../shape/values.js';
import type { KindsOf } from './kind.js';

const head: Members<CaseHead> = {
  revision: whole(0, Number.MAX_SAFE_INTEGER),
  leafHash: matching(/^[\w-]{43}$/, 'must be a SHA-256 in base64url'),
};

export const evidenceKinds: KindsOf<EvidenceFacts> = {
  EvidenceAttached: {
    reads: object<EvidenceFacts['EvidenceAttached']>({
      evidenceId: uuid,
      sha256: matching(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'),
      size: whole(1, Number.MAX_SAFE_INTEGER),
      mediaType: matching(/^[\w.+-]{1,60}\/[\w.+-]{1,127}$/, 'must be a media type'),
      capturedAt: optional(date),
      description: optional(text),
      ...circumstance,
    }),
    // The file stays the file: what a correction can mend is what was said of it.
    keeps: ['evidenceId', 'sha256', 'size', 'mediaType'],
  },
  ExportIssued: {
    reads: object<EvidenceFacts['ExportIssued']>({
      ...head,
      merged: optional(list(object<CaseHead & { caseId: string }>({ caseId: uuid, ...head }), 1, Infinity)),
      ...circumstance,
    }),
    keeps: [],
  },
};
