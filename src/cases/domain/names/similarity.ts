import { nameKeys, type NameKeys } from './name-keys.js';

export type SimilarityReason =
  | 'same_name'
  | 'same_family_name'
  | 'close_family_name'
  | 'same_given_name'
  | 'close_given_name'
  | 'different_given_name'
  | 'same_patronymic'
  | 'different_patronymic';

/** `score` is 0 (nothing in common) to 1; the reasons say what it is made of. */
export interface Similarity {
  score: number;
  reasons: SimilarityReason[];
}

/**
 * How alike two names are, for a proposal to a caseworker. 0 unless the family names are the same or close: given names alone
 * propose nobody. Symmetric.
 */
export function similarity(a: string, b: string): Similarity {
  const [one, other] = [nameKeys(a), nameKeys(b)];
  const family = closeness(familyWords(one), familyWords(other));
  if (family === 0) return { score: 0, reasons: [] };
  const reasons: SimilarityReason[] = [family === 1 ? 'same_family_name' : 'close_family_name'];

  const given = givenCloseness(one, other);
  if (given === 1) reasons.push('same_given_name');
  else if (given === CLOSE) reasons.push('close_given_name');
  else if (given === 0) reasons.push('different_given_name');

  const patronymic = patronymicFactor(one, other);
  if (patronymic > 1) reasons.push('same_patronymic');
  if (patronymic < 1) reasons.push('different_patronymic');

  const score = Math.min(1, (family * 0.6 + (given ?? 0.5) * 0.4) * patronymic);
  if (family === 1 && given === 1 && patronymic >= 1) reasons.unshift('same_name');
  return { score: Math.round(score * 100) / 100, reasons };
}

/**
 * Keys that similar family names are likely to share: what to look candidates up by. The first consonants as they stand, since
 * what close names differ in is mostly a vowel or an ending.
 */
export const neighbourKeys = (name: NameKeys): string[] => [
  ...new Set(familyWords(name).map((word) => `n:${skeleton(word)}`)),
];

const CLOSE = 0.5;
const ENDING = 4;
const SHORTEST = 4;
const LONGEST = 60;

const familyWords = ({ given, family }: NameKeys): readonly string[] =>
  family.length > 0 ? family : given.flat();

const skeleton = (key: string): string =>
  key.charAt(0) +
  key
    .slice(1)
    .replace(/[aeiouy]/g, '')
    .slice(0, 2);

/** Undefined when one of the two says no given name. */
function givenCloseness(a: NameKeys, b: NameKeys): number | undefined {
  if (a.family.length === 0 || b.family.length === 0) return undefined;
  if (a.given.length === 0 || b.given.length === 0) return undefined;
  const names = new Set(a.given.flat());
  if (b.given.flat().some((name) => names.has(name))) return 1;
  return closeness(a.given.flat(), b.given.flat()) > 0 ? CLOSE : 0;
}

function patronymicFactor({ patronymic: a }: NameKeys, { patronymic: b }: NameKeys): number {
  if (!a || !b) return 1;
  return a.some((name) => b.includes(name)) ? 1.1 : 0.7;
}

/** The best of all pairs: 1 the same, 0 nothing alike. */
function closeness(these: readonly string[], those: readonly string[]): number {
  let best = 0;
  for (const a of these) for (const b of those) best = Math.max(best, wordCloseness(a, b));
  return best;
}

function wordCloseness(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < SHORTEST || long.length > LONGEST) return 0;
  const most = short.length > 6 ? 2 : 1;
  const edits = editDistance(short, long, most);
  if (edits <= most) return edits === 1 ? 0.8 : 0.65;
  return long.startsWith(short) && long.length - short.length <= ENDING ? 0.6 : 0;
}

/** Insertions, deletions and substitutions, as far as `most`; one above it when there are more. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a.charAt(row - 1) === b.charAt(column - 1) ? 0 : 1;
      line.push(
        Math.min((above[column - 1] ?? 0) + same, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1),
      );
    }
    above = line;
  }
  return Math.min(above[b.length] ?? 0, most + 1);
}
