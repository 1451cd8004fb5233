import type { Circumstance, RecordedDate, Uuid } from './common.js';

/** How far a case had come when it was exported. */
export interface CaseHead {
  /** Of its last event, and the hash of that event's leaf (base64url). */
  revision: number;
  leafHash: string;
}

/** What lies beside a case, and what has left it. Neither changes a figure. */
export interface EvidenceFacts {
  EvidenceAttached: Circumstance & {
    evidenceId: Uuid;
    /** Of the bytes as they were sent, in hex. */
    sha256: string;
    /** In bytes. */
    size: number;
    /** As the bytes say, whatever the sender called it. */
    mediaType: string;
    capturedAt?: RecordedDate;
    description?: string;
  };
  /** Binds an export to all that stood in the case before it, and in the cases merged into it, in the order of the file. */
  ExportIssued: Circumstance & CaseHead & { merged?: (CaseHead & { caseId: Uuid })[] };
}
