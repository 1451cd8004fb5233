import { describe, expect, it } from '@jest/globals';
import { namedFamilies } from '../../../cases/domain/law/law.js';
import { LawBook } from '../../../cases/law-book.js';
import { NO_ARTICLE } from '../../figures/count-proceedings.js';
import { LANGUAGES, WORDS } from './languages.js';
import { FAMILIES, REGIONS } from './vocabulary.js';

/** Every text of the catalogue by its path; what fills something in is shown with marks. */
function texts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const here = `${path}/${key}`;
    if (typeof value === 'function')
      return [[here, String((value as (...marks: string[]) => string)('⟨a⟩', '⟨b⟩', '⟨c⟩'))]];
    return typeof value === 'object' ? texts(value as object, here) : [[here, value as string]];
  });
}

describe('the words of reports', () => {
  it.each([...LANGUAGES])('%s: has a text for everything, none blank', (language) => {
    const all = texts(WORDS[language]);
    expect(all.length).toBeGreaterThan(500);
    for (const [path, text] of all) expect([path, text.trim()]).not.toEqual([path, '']);
  });

  it('sees a text that is blank', () => {
    const blank = { ...WORDS.en, columns: { ...WORDS.en.columns, case: ' ' } };
    expect(texts(blank).filter(([, text]) => text.trim() === '')).toEqual([['/columns/case', ' ']]);
  });

  it('has names for the regions and the families that the law file has', () => {
    const { law } = LawBook.of('BY');
    expect([...REGIONS].sort()).toEqual(law.regions.toSorted());
    expect(FAMILIES).toEqual([...namedFamilies(law), NO_ARTICLE]);
  });

  it.each(['ru', 'be'] as const)('%s: is written in its own letters', (language) => {
    const own = /\p{Script=Cyrillic}/u;
    const LATIN = /^\/(locale|phrases\/(mark|period|estimate\/eq)|columns\/ordinal)/;
    const foreign = texts(WORDS[language]).filter(([path, text]) => !own.test(text) && !LATIN.test(path));
    expect(foreign).toEqual([]);
  });

  it('Belarusian has no letter that is Russian only, and Russian none that is Belarusian only', () => {
    expect(texts(WORDS.be).filter(([, text]) => /[ищъ]/i.test(text))).toEqual([]);
    expect(texts(WORDS.ru).filter(([, text]) => /[іў]/i.test(text))).toEqual([]);
  });

  it.each([...LANGUAGES])('%s: has a form for every number that whole numbers take', (language) => {
    const rules = new Intl.PluralRules(language);
    for (const unit of Object.values(WORDS[language].units)) {
      for (const n of [0, 1, 2, 5, 11, 21, 22, 25, 111]) {
        const form = unit.count[rules.select(n)];
        expect(typeof form).toBe('string');
      }
    }
  });

  it.each([...LANGUAGES])('%s: puts what it is given into its texts', (language) => {
    const { phrases } = WORDS[language];
    expect(phrases.between('26', '31')).toMatch(/26.*31/);
    expect(phrases.stretch('x', 'yesterday', 'today')).toMatch(/x.*yesterday.*today/);
  });
});
