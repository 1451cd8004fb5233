import { HabeasError } from '../errors.js';
import type { StoredEvent } from '../event-store/event-store.js';

/** What stands in the store in the place of an event is none that was written here. Whoever reads its stream gets nothing of it. */
export class EventDamaged extends HabeasError {
  override readonly name = 'EventDamaged';

  constructor({ stream, revision, position }: Pick<StoredEvent, 'stream' | 'revision' | 'position'>) {
    super(
      'unavailable',
      'event-damaged',
      'an event is not as it was written and cannot be read: `habeas verify --store` tells which',
      { place: { stream, revision, position } },
    );
  }
}
