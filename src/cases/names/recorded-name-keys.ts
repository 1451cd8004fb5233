import { LRUCache } from 'lru-cache';
import { indexKeys } from '../domain/names/name-keys.js';
import { neighbourKeys } from '../domain/names/similarity.js';

const MOST_NAMES_KEPT = 10_000;

const known = new LRUCache<string, readonly string[]>({ max: MOST_NAMES_KEPT });

/** Every key that a name as recorded is found by. With each new fact of a case the same names come again. */
export function recordedNameKeys(form: string): readonly string[] {
  let keys = known.get(form);
  if (!keys) {
    keys = [...new Set([...indexKeys(form), ...neighbourKeys(form)])];
    known.set(form, keys);
  }
  return keys;
}
