/**
 * The sounds a word is written with, in one alphabet for Cyrillic and Latin spellings. Vowels are `a e o i y u`, `j` is a glide
 * or a softness; consonants are themselves, and: X kh, Z zh, S sh, C ch, Q ts. Anything without a sound here (a digit, a letter
 * of another script) stands for itself.
 *
 * What the spellings differ in and Belarusian and Russian do not is already one here: г, h and g; ў, w and v; дз and д.
 */
export function sounds(word: string): string {
  // In the Belarusian Latin alphabet `ch` is kh.
  const ch = word.includes(CH) && BELARUSIAN_LATIN.test(word) ? 'X' : 'C';
  let out = '';
  for (let at = 0; at < word.length;) {
    const letter = word.charAt(at);
    let length = LONGEST_FROM.get(letter) ?? 1;
    let sound: string | undefined;
    for (; length > 1; length--) {
      sound = SPELLINGS.get(word.slice(at, at + length));
      if (sound !== undefined) break;
    }
    if (sound === CH) sound = isEndingIch(word, at) ? 'C' : ch;
    out += sound ?? SPELLINGS.get(letter) ?? withoutMarks(letter);
    at += length;
  }
  return out;
}

function withoutMarks(letter: string): string {
  if (letter <= 'z') return letter;
  const bare = letter.normalize('NFKD').replace(/\p{M}/gu, '');
  return SPELLINGS.get(bare) ?? bare;
}

const CH = 'ch';
/** Letters that only the Belarusian Latin alphabet has, and uses of c and j that English spelling has not. */
const BELARUSIAN_LATIN = /[šžčłŭśźćńĺj]|c(?!h)/;

/** The ending -ich is ch whatever the rest of the word looks like. */
const isEndingIch = (word: string, at: number): boolean => at + 2 === word.length && word[at - 1] === 'i';

// Written as "spelling sound", lower case, longest first where one begins another (the scan takes the longest).
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  `
  shch SC  szcz SC  tsch C  dzh dZ  sch SC  tch C
  sh S  zh Z  kh X  ch ch  sz S  cz C  ts Q  tz Q  tc Q  dz d  dź d  dž dZ  gh h  ph f  th t
  š S  ž Z  ż Z  č C  c Q  w v  g h  x ks  q k  ł l  ŭ v  ß ss  đ d  ø o  æ e
  а a  б b  в v  г h  ґ h  д d  е e  ё jo  є e  ж Z  з z  и i  і i  ї ji  й j  к k  л l  м m  н n  о o  п p  р r
  с s  т t  у u  ў v  ф f  х X  ц Q  ч C  ш S  щ SC  ы y  э e  ю ju  я ja  ѣ e  ѳ f  ѵ i  дз d  дж dZ  тс Q
  `
    .trim()
    .split(/\s{2,}/)
    .map((entry): [string, string] => [
      entry.slice(0, entry.indexOf(' ')),
      entry.slice(entry.indexOf(' ') + 1),
    ])
    .concat([
      ['ъ', ''],
      ['ь', ''],
    ]),
);

/** How long the longest spelling is that begins with a letter. */
const LONGEST_FROM: ReadonlyMap<string, number> = new Map(
  [...SPELLINGS.keys()]
    .sort((a, b) => a.length - b.length)
    .map((spelling) => [spelling.charAt(0), spelling.length]),
);
