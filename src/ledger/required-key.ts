import { HabeasError } from '../errors.js';
import type { DataKey, DataKeys } from './data-keys.js';

/** The key that a stream's events are sealed with. Throws `case-erased` and `key-lost`. */
export async function requiredKey(keys: Pick<DataKeys, 'find'>, keyId: string): Promise<DataKey> {
  const found = (await keys.find([keyId])).get(keyId);
  if (found === 'destroyed') {
    throw new HabeasError('refused', 'case-erased', 'the personal data of this case were erased');
  }
  if (!found) throw keyLost();
  return found;
}

export const keyLost = (): HabeasError =>
  new HabeasError('unavailable', 'key-lost', 'the key of this case is not in the key store');
