import type { RecordedEvent } from '../../ledger/recorded-event.js';
import { shownData, type RevealedEvent } from '../../ledger/unsealing.js';
import type { FactData } from '../domain/facts/facts.js';
import { corrections, voidedEvents, type Corrigible } from '../domain/file/facts-in-force.js';

/** An event with its envelope, as recorded, and what has become of it since. */
export interface StreamEntry extends ReturnType<typeof envelopeIn> {
  /** A field that was erased says so in its place. */
  data: Record<string, unknown>;
  /** The correction whose data stand in place of these now. */
  correctedBy?: string;
  /** The void by which it counts no more. */
  voidedBy?: string;
}

export const streamEntry = (event: RevealedEvent, marks: ReadonlyMap<string, Marks>): StreamEntry => ({
  ...envelopeIn(event),
  data: shownData(event),
  ...marks.get(event.eventId),
});

type Marks = Pick<StreamEntry, 'correctedBy' | 'voidedBy'>;

/** By the id of the event that was corrected or voided. `recorded` is in record order. */
export function marksIn(recorded: readonly Corrigible[]): ReadonlyMap<string, Marks> {
  const voided = voidedEvents(recorded);
  const marks = new Map<string, Marks>();
  for (const { type, eventId, data } of recorded) {
    if (type !== 'EventVoided' || voided.has(eventId)) continue;
    marks.set((data as FactData['EventVoided']).eventId, { voidedBy: eventId });
  }
  for (const [corrected, { eventId }] of corrections(recorded, voided)) {
    marks.set(corrected, { ...marks.get(corrected), correctedBy: eventId });
  }
  return marks;
}

const envelopeIn = ({
  eventId,
  type,
  revision,
  position,
  schemaVersion,
  recordedAt,
  recordedBy,
  correlationId,
  causationId,
}: RecordedEvent) => ({
  eventId,
  type,
  revision,
  position,
  schemaVersion,
  recordedAt,
  recordedBy,
  correlationId,
  causationId,
});
