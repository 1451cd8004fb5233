import { sounds } from './sounds.js';

/** After these Belarusian hardens, and writes a for a Russian e, y for a Russian i. */
const HARDENED = new Set('rZSCt');
/** After these a soft and a hard vowel cannot be told apart in every spelling: the hardened, and l, soft by itself in some. */
const BLURRING = new Set('rlZSCt');
const VOWEL = new Set('aeiouy');
const FULL_VOWEL = new Set('aeou');
const GLIDE = new Set('ijy');
const SOFTENING = new Set('aeoijyv');

/**
 * One key for the spellings of one word in Belarusian and Russian, in Cyrillic or any of the usual Latin transcriptions.
 * Folded are: unstressed vowels (o and a; e and ya), softness, the hardened consonants, ц for a soft т and дз for a soft д.
 * Not folded are: endings (-ski, -skaya, -a), г and х, hissing and hushing sounds. `word` is lower case and composed (NFC).
 */
export function soundKey(word: string): string {
  const heard = sounds(word);
  let key = '';
  let soft = false;
  for (let at = 0; at < heard.length; at++) {
    const sound = heard.charAt(at);
    const last = key.charAt(key.length - 1);
    if (GLIDE.has(sound)) {
      const from = at;
      while (at + 1 < heard.length && GLIDE.has(heard.charAt(at + 1))) at++;
      const next = heard.charAt(at + 1);
      if (FULL_VOWEL.has(next)) soft = true;
      else key += next === '' || at > from || sound !== 'y' || !keepsY(last) ? 'i' : 'y';
      continue;
    }
    if (FULL_VOWEL.has(sound)) key += vowelKey(sound, soft, last, heard.charAt(at + 1), heard.charAt(at + 2));
    else if (sound !== heard.charAt(at + 1)) key += consonantKey(sound, last, heard.charAt(at + 1));
    soft = false;
  }
  return key;
}

const keepsY = (before: string): boolean => before !== '' && !VOWEL.has(before) && !HARDENED.has(before);

function vowelKey(sound: string, soft: boolean, before: string, next: string, afterNext: string): string {
  if (sound === 'u') {
    if (soft) return before === '' ? 'iu' : 'u';
    return VOWEL.has(before) && !opensSyllable(next, afterNext) ? 'v' : 'u';
  }
  return (soft || sound === 'e') && !BLURRING.has(before) ? 'e' : 'a';
}

/** A u before a vowel is one; before a glide that begins the next syllable, as in Salauyou, it is a ў. */
const opensSyllable = (next: string, afterNext: string): boolean =>
  FULL_VOWEL.has(next) || (GLIDE.has(next) && afterNext !== '' && !FULL_VOWEL.has(afterNext));

/** Ц before a vowel, and before в, stands in Belarusian where Russian has a soft т; elsewhere it is itself. */
function consonantKey(sound: string, before: string, next: string): string {
  const heard = sound === 'Q' && SOFTENING.has(next) ? 't' : sound;
  return heard === before ? '' : heard;
}
