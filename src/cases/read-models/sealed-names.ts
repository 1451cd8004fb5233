import type { RecordedEvent } from '../../ledger/recorded-event.js';
import type { SealedBox } from '../../ledger/sealing.js';
import type { CaseHistory } from '../case-history.js';
import type { FactType } from '../domain/facts/facts.js';
import { voidedEvents } from '../domain/file/facts-in-force.js';

/** The event that names the person as things stand, with what is sealed in it: its name, and perhaps more. */
export interface SealedName {
  eventId: string;
  stream: string;
  revision: number;
  type: string;
  sealed: SealedBox;
}

const NAMING: ReadonlySet<string> = new Set<FactType>(['CaseOpened', 'NameRecorded']);

/** Where the names in force are: in the events that brought them, or in the corrections that stand in place of these. */
export function sealedNames({ events, recorded }: Pick<CaseHistory, 'events' | 'recorded'>): SealedName[] {
  const voided = voidedEvents(recorded);
  const byId = new Map(events.map((event) => [event.eventId, event]));
  const saidBy = new Map<string, string>();
  for (const { type, eventId, data } of recorded) {
    if (type === 'EventCorrected' && !voided.has(eventId)) saidBy.set(data.eventId, eventId);
  }
  return events
    .filter(({ type, eventId }) => NAMING.has(type) && !voided.has(eventId))
    .map(({ eventId }) => byId.get(saidBy.get(eventId) ?? eventId))
    .flatMap((event) => (event?.sealed ? [closed(event, event.sealed)] : []));
}

const closed = ({ eventId, stream, revision, type }: RecordedEvent, sealed: SealedBox): SealedName => ({
  eventId,
  stream,
  revision,
  type,
  sealed,
});
