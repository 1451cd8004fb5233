import type { StreamFilter } from './event-store.js';

/**
 * Where a look through a filter has found nothing, so that nobody looks there again: what stands before the head never changes.
 * One gap for each filter, the latest: whoever is up with his streams begins in it, however much has come in others since.
 */
export class KnownGaps<Place extends string | number> {
  readonly #gaps = new Map<string, { after: Place; through: Place }>();

  /** Where to go on, instead of after `place`. */
  past(filter: StreamFilter | undefined, place: Place): Place {
    const gap = this.#gaps.get(keyOf(filter));
    return gap && gap.after <= place && place < gap.through ? gap.through : place;
  }

  /** Nothing that the filter lets through stands after the one place, up to and with the other. */
  note(filter: StreamFilter | undefined, after: Place, through: Place): void {
    if (!filter?.prefixes || through <= after) return;
    const key = keyOf(filter);
    const known = this.#gaps.get(key);
    if (known && through <= known.through) return;
    const goesOn = known && known.after <= after && after <= known.through;
    this.#gaps.set(key, { after: goesOn ? known.after : after, through });
  }
}

const keyOf = (filter: StreamFilter | undefined): string => JSON.stringify(filter?.prefixes ?? null);
