import { givenNamesOfKey, hear } from './given-names.js';

/** A name as written, taken apart. Each word has the keys it goes by: one, or several for a short form of several given names. */
export interface NameKeys {
  /** `g:` and a name of the table of given names. */
  given: readonly (readonly string[])[];
  /** The sounds of every other word; the parts of a hyphenated name are words of their own. */
  family: readonly string[];
  /** `p:` and the father's name as in the table. */
  patronymic?: readonly string[];
}

/**
 * The keys under which a name is found. Promises:
 * - spellings of one name in Belarusian and Russian, Cyrillic and Latin, have the same keys, in any order of the words;
 * - neither case, spaces, composed or decomposed letters, apostrophes nor initials make a difference;
 * - a feminine and a masculine family name, a name and the same with an ending more, have different keys.
 * Not promised: that different people have different keys. A key finds and proposes; it never merges.
 */
export function nameKeys(form: string): NameKeys {
  const given: (readonly string[])[] = [];
  const family: string[] = [];
  let patronymic: readonly string[] | undefined;
  let afterGiven = false;
  const words = wordsOf(form);
  for (const { word, hyphened } of words) {
    const { key, names } = hear(word);
    const fathers: readonly string[] =
      afterGiven && !hyphened && patronymic === undefined && words.length > 2 ? fathersNames(key) : [];
    if (fathers.length > 0) patronymic = fathers.map((name) => `p:${name}`);
    else if (names.length > 0) given.push(names.map((name) => `g:${name}`));
    else family.push(key);
    afterGiven = names.length > 0;
  }
  return patronymic ? { given, family, patronymic } : { given, family };
}

const NO_PATRONYMIC = 'p:';

/** What to keep, in an index by case, of a recorded name: every key that a query may look for. */
export function indexKeys({ given, family, patronymic }: NameKeys): string[] {
  if (given.length + family.length === 0) return [];
  return [...new Set([...given.flat(), ...family, ...(patronymic ?? [NO_PATRONYMIC])])];
}

/**
 * What a query asks of that index: for every group at least one of its keys, by equality. A patronymic in the query is met by
 * the same one and by a name without any. Without a group, nothing is found: a query of punctuation must not find everyone.
 */
export function queryKeys(query: string): (readonly string[])[] {
  const { given, family, patronymic } = nameKeys(query);
  const words = [...given, ...family.map((key) => [key])];
  return patronymic && words.length > 0 ? [...words, [...patronymic, NO_PATRONYMIC]] : words;
}

/** Whether a search for `query` finds the recorded name `form`: what the index answers, for a single name. */
export function matches(query: string, form: string): boolean {
  const groups = queryKeys(query);
  const keys = new Set(indexKeys(nameKeys(form)));
  return groups.length > 0 && groups.every((group) => group.some((key) => keys.has(key)));
}

const APOSTROPHES = /['’‘ʼʹʺ`´"“”«»]/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const HYPHEN = /[-‐‑–]/;

/** The words in lower case, without apostrophes and initials. A name of initials alone keeps them. */
function wordsOf(form: string): { word: string; hyphened: boolean }[] {
  const text = form.normalize('NFKC').toLowerCase().normalize('NFC').replace(APOSTROPHES, '');
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    word,
    hyphened: HYPHEN.test(text.charAt(index - 1)) || HYPHEN.test(text.charAt(index + word.length)),
  }));
  const whole = words.filter(({ word }) => word.length > 1);
  return whole.length > 0 ? whole : words;
}

/** As the endings -ovich, -evich, -ich, -ovna, -evna, -ichna, -inichna sound. */
const PATRONYMIC = /^(.{2,}?)(?:[ae]viC|iC|[ae]vna|iniCna|iCna)$/;

/** The names whose patronymic the word with this key may be. */
function fathersNames(key: string): readonly string[] {
  const stem = PATRONYMIC.exec(key)?.[1];
  if (stem === undefined) return [];
  return (
    ['', 'i', 'a'].map((ending) => givenNamesOfKey(stem + ending)).find((names) => names.length > 0) ?? []
  );
}
