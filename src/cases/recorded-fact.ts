import type { RecordedEvent } from '../ledger/recorded-event.js';
import { caseIdOf } from './case-stream.js';
import type { RecordedFact } from './domain/facts/facts.js';

/** An event of a case stream as the domain reads it. Only what the domain decided is ever written to one. */
export const factOf = ({
  eventId,
  type,
  data,
  stream,
  revision,
  recordedAt,
  recordedBy,
}: RecordedEvent): RecordedFact =>
  ({
    eventId,
    type,
    data,
    caseId: caseIdOf(stream),
    revision,
    recordedAt,
    recordedBy,
  }) as unknown as RecordedFact;
