import { seededRandom } from '../../support/random.js';

const LATIN = 'abcdefghijklmnopqrstuvwxyz';
const CYRILLIC = 'абвгдежзіклмнопрстуўфхцчшыьэюя';
const LETTERS = 16;

/** Words that stand nowhere else in the world, each given out once: where one is met, somebody has put it. */
export class Marks {
  readonly given: string[] = [];
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** By turns in Latin and in Cyrillic letters. */
  next(): string {
    return this.#word(this.given.length % 2 === 0 ? LATIN : CYRILLIC);
  }

  /** For addresses, headers and tags of languages, which take no other. */
  latin(): string {
    return this.#word(LATIN);
  }

  /** As a tag of a language may have it. */
  subtags(): string {
    const word = this.#word(LATIN);
    const tag = `${word.slice(0, 8)}-${word.slice(8)}`;
    this.given.splice(-1, 1, tag);
    return tag;
  }

  /** In the middle of prose, longer than a page of a database. */
  inProse(): string {
    return `${'Пра гэта расказала суседка. '.repeat(120)}${this.next()}${' She "asked" twice.\n'.repeat(150)}`;
  }

  /** Those that a text holds. */
  in(text: string): string[] {
    return this.given.filter((mark) => text.includes(mark));
  }

  #word(alphabet: string): string {
    const letters = Array.from(
      { length: LETTERS },
      () => alphabet[Math.floor(this.#random() * alphabet.length)],
    );
    const word = letters.join('');
    this.given.push(word);
    return word;
  }
}
