import { HabeasError } from '../errors.js';
import type { DataKey, DataKeys } from './data-keys.js';
import type { RecordedEvent } from './recorded-event.js';
import { keyLost } from './required-key.js';
import { joined, marked, type Members } from './sealed-fields.js';
import { unseal, type Place, type SealedBox } from './sealing.js';
import type { Upcasting } from './upcasting.js';

/** An event with both halves of its data. */
export type RevealedEvent = RecordedEvent & {
  /** The sealed half was destroyed with its key: `data` is the readable half alone. */
  erased?: true;
};

const ERASED = Object.freeze({ erased: true });

/** Opens what is sealed, with keys as they are at that moment. */
export class Unsealing {
  constructor(
    private readonly keys: DataKeys,
    private readonly upcasting: Upcasting,
  ) {}

  /** All or nothing. Throws `key-lost`, and what `unseal` and the key store throw. */
  async reveal(events: readonly RecordedEvent[]): Promise<RevealedEvent[]> {
    const wanted = new Set(events.flatMap(({ sealed }) => (sealed ? [sealed.key] : [])));
    if (wanted.size === 0) return [...events];
    const keys = await this.keys.find([...wanted]);
    return events.map((event) => this.#opened(event, keys));
  }

  /** The sealed halves by themselves, each with a word where there is none to give. Throws only if the keys cannot be asked. */
  async open(
    boxes: readonly (Place & { sealed: SealedBox })[],
  ): Promise<(Members | 'erased' | 'unreadable')[]> {
    if (boxes.length === 0) return [];
    const keys = await this.#undamaged([...new Set(boxes.map(({ sealed }) => sealed.key))]);
    return boxes.map(({ sealed, ...place }) => {
      const key = keys.get(sealed.key);
      if (key === 'destroyed') return 'erased';
      try {
        return key ? unseal(sealed, place, key) : 'unreadable';
      } catch {
        return 'unreadable';
      }
    });
  }

  /** One damaged key must not keep the others from being used: then they are asked for one by one. */
  async #undamaged(keyIds: readonly string[]): Promise<ReadonlyMap<string, DataKey | 'destroyed'>> {
    try {
      return await this.keys.find(keyIds);
    } catch (error) {
      if (!(error instanceof HabeasError && error.code === 'key-damaged')) throw error;
      if (keyIds.length === 1) return new Map();
      const found = new Map<string, DataKey | 'destroyed'>();
      for (const keyId of keyIds) for (const [id, key] of await this.#undamaged([keyId])) found.set(id, key);
      return found;
    }
  }

  #opened(event: RecordedEvent, keys: ReadonlyMap<string, DataKey | 'destroyed'>): RevealedEvent {
    const { sealed, data, older, type, schemaVersion } = event;
    if (!sealed) return event;
    const key = keys.get(sealed.key);
    if (key === 'destroyed') return { ...event, erased: true };
    if (!key) throw keyLost();
    const personal = unseal(sealed, event, key);
    const whole = older
      ? this.upcasting.toCurrent(type, schemaVersion, joined(older, personal) as Members)
      : (joined(data, personal) as Members);
    return { ...event, data: whole };
  }
}

/** The data of an event as somebody may read it: an erased field says so in its place. */
export const shownData = ({ data, sealed, erased }: RevealedEvent): Members =>
  erased && sealed ? marked(data, sealed.fields, ERASED) : data;
