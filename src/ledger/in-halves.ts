import type { EventToRecord } from './recorded-event.js';
import { remainder, type Members } from './sealed-fields.js';

/** An event of which `data` is readable, and whatever else is in `whole` is not. */
export function inHalves(eventId: string, type: string, whole: object, data: Members): EventToRecord {
  const personal = remainder(whole, data) as Members | undefined;
  return { eventId, type, data, ...(personal && { personal }) };
}
