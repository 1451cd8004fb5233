import type { EventToRecord } from '../../ledger/recorded-event.js';
import { inHalves } from '../../ledger/in-halves.js';
import type { Fact, FactType } from '../domain/facts/facts.js';
import { withoutPersonalFields } from '../domain/facts/personal-fields.js';

/**
 * A fact in two halves: codes, dates, amounts and ids, which stay readable, and all the rest, which is sealed. `typeOf` tells the
 * type of a recorded event: the new payload of a correction is taken apart as the type that it replaces.
 */
export function eventToRecord(
  fact: Fact,
  eventId: string,
  typeOf: (eventId: string) => FactType | undefined,
): EventToRecord {
  const corrected = fact.type === 'EventCorrected' ? typeOf(fact.data.eventId) : undefined;
  const data = withoutPersonalFields(fact.type, fact.data, corrected);
  return inHalves(eventId, fact.type, fact.data, data);
}
