import { FEMALE_NAMES } from './female-names.js';
import { MALE_NAMES } from './male-names.js';
import { soundKey } from './sound-key.js';

export interface HeardWord {
  key: string;
  /** The given names it may be a spelling of; none for a word that is not in the table, several for a short form of several. */
  names: readonly string[];
}

/** `word` is lower case and composed (NFC). A spelling of the table is what the table says; any other goes by its sound. */
export function hear(word: string): HeardWord {
  const known = heard.get(word);
  if (known !== undefined) return known;
  const key = soundKey(word);
  const fresh = { key, names: BY_SPELLING.get(word) ?? givenNamesOfKey(key) };
  // Only words that are in the table are kept: a family name must not outlive, in memory, the erasure of its case.
  if (fresh.names.length > 0 && heard.size < MOST_SPELLINGS) heard.set(word, fresh);
  return fresh;
}

/** Where a full name and a short form of another sound the same (Alla and Olya), it is the full name. */
export const givenNamesOfKey = (key: string): readonly string[] =>
  BY_SOUND.get(key) ?? BY_SOUND_OF_OTHERS.get(key) ?? NONE;

const NONE: readonly string[] = [];
const MOST_SPELLINGS = 10_000;
const heard = new Map<string, HeardWord>();

type Table = Map<string, readonly string[]>;
const BY_SPELLING: Table = new Map();
const BY_SOUND: Table = new Map();
const BY_SOUND_OF_OTHERS: Table = new Map();

/** The first two spellings of a line are the full name. */
const FULL = 2;

for (const line of (MALE_NAMES + FEMALE_NAMES).trim().split(/\n+/)) {
  const [name = '', spellings = ''] = line.split(': ');
  for (const [place, spelling] of spellings.split(' ').entries()) {
    const word = spelling.normalize('NFC').toLowerCase().replace("'", '');
    enter(BY_SPELLING, word, name);
    enter(place < FULL ? BY_SOUND : BY_SOUND_OF_OTHERS, soundKey(word), name);
  }
}

function enter(table: Table, key: string, name: string): void {
  const names = table.get(key) ?? NONE;
  if (!names.includes(name)) table.set(key, [...names, name]);
}
