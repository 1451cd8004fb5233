import type { RecordedFact } from '../domain/facts/facts.js';
import type { Erasure } from '../domain/file/erasure.js';
import { fold } from '../domain/file/case-file.js';

export const ERASURE_STATES = ['requested', 'under_way', 'erased'] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

/** How far the erasure of a case has come: ids, codes and instants. */
export interface ErasureStatus {
  caseId: string;
  state: ErasureState;
  requestEventId: string;
  requestedBy: string;
  /** RFC 3339, like the others. */
  requestedAt: string;
  approvedBy?: string;
  approvedAt?: string;
  erasedAt?: string;
  /** The event that is the certificate. */
  certificateEventId?: string;
  destroyedKeys?: readonly string[];
}

/** `recorded` is the history of the case that answers, in record order. Undefined where no erasure was asked for. */
export function erasureStatus(caseId: string, recorded: readonly RecordedFact[]): ErasureStatus | undefined {
  const { erasure } = fold(recorded);
  if (!erasure) return undefined;
  const own = recorded.filter((fact) => fact.caseId === caseId);
  const start = own.findLast((fact) => fact.type === 'SubjectErasureStarted');
  const end = own.findLast((fact) => fact.type === 'SubjectErased');
  const requestEventId = start?.data.requestEventId ?? requestIn(erasure);
  const request = own.find(({ eventId }) => eventId === requestEventId);
  // A certificate that was recorded again after a restore: what led to it was recorded later than the backup was made.
  const asked = request ?? start ?? end;
  if (!asked) return undefined;
  return {
    caseId,
    state: erasure.state === 'under way' ? 'under_way' : erasure.state,
    requestEventId: requestEventId ?? asked.eventId,
    requestedBy: asked.recordedBy,
    requestedAt: asked.recordedAt,
    ...(start && { approvedBy: start.recordedBy, approvedAt: start.recordedAt }),
    ...(end && {
      erasedAt: end.recordedAt,
      certificateEventId: end.eventId,
      destroyedKeys: end.data.destroyedKeys,
    }),
  };
}

const requestIn = (erasure: Erasure): string | undefined =>
  erasure.state === 'requested' ? erasure.request.eventId : undefined;
