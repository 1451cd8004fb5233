import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { indexKeys, matches, nameKeys, queryKeys } from './name-keys.js';

const { people, near } = JSON.parse(readFileSync('test/cases/names.json', 'utf8')) as {
  people: Record<string, string[]>;
  near: [string, string][];
};
const FORMS = Object.entries(people).flatMap(([person, forms]) => forms.map((form) => ({ person, form })));
const anyForm = fc.constantFrom(...FORMS.map(({ form }) => form));

describe('a name in any script and spelling', () => {
  it.each(FORMS)('$form finds $person whichever form was recorded, and nobody else', ({ person, form }) => {
    const found = FORMS.filter((recorded) => matches(form, recorded.form));
    expect(found).toEqual(FORMS.filter((recorded) => recorded.person === person));
  });

  it.each(near)('%s and %s do not find each other', (one, other) => {
    expect([matches(one, other), matches(other, one)]).toEqual([false, false]);
  });

  it('is found by the family name alone, by the given name alone and in either order', () => {
    for (const query of ['Kazlou', 'Козлов', 'Дима', 'Zmicier', 'Kazłoŭ Źmicier', 'kozlov, dmitry']) {
      expect(matches(query, 'Дзмітрый Казлоў')).toBe(true);
    }
    expect(matches('Kazlou Ales', 'Дзмітрый Казлоў')).toBe(false);
  });

  it('may be a single word', () => {
    expect(matches('Янка', 'Іван')).toBe(true);
    expect(matches('K1', 'k1')).toBe(true);
    expect(matches('K1', 'K2')).toBe(false);
  });

  it('is found by each part of a hyphenated family name', () => {
    const recorded = 'Ганна Статкевіч-Адамовіч';
    expect(matches('Statkevich', recorded)).toBe(true);
    expect(matches('Anna Adamovich', recorded)).toBe(true);
    expect(matches('Анна Статкевич‑Адамович', recorded)).toBe(true);
    expect(matches('Anna Statkevich-Ivanova', recorded)).toBe(false);
  });

  it('is found without its initials', () => {
    expect(matches('D. I. Kazlou', 'Дзмітрый Казлоў')).toBe(true);
  });

  it('goes by a short form of several names under each of them', () => {
    expect(matches('Саша Круткин', 'Aliaksandr Krutkin')).toBe(true);
    expect(matches('Саша Круткина', 'Aliaksandra Krutkina')).toBe(true);
    expect(matches('Aliaksandra Krutkina', 'Aliaksandr Krutkin')).toBe(false);
  });

  it.each([
    ['Stanislava Kazlova', 'Stanislau Kazlou'],
    ['Валянціна Кац', 'Valiantsin Kats'],
    ['Евгения Кац', 'Евгений Кац'],
    ['Valeryia Kats', 'Valery Kats'],
    ['Ольга Кац', 'Алла Кац'],
    ['Елена Кац', 'Светлана Кац'],
    ['Антонина Кац', 'Таня Кац'],
  ])('keeps %s and %s apart, though their names sound alike', (one, other) => {
    expect([matches(one, other), matches(other, one)]).toEqual([false, false]);
  });

  it.each([
    ['Olya Kats', 'Вольга Кац'],
    ['Tania Kats', 'Татьяна Кац'],
    ['Eugene Kats', 'Яўген Кац'],
    ['Evgenia Kats', 'Яўгенія Кац'],
    ['Валера Кац', 'Valery Kats'],
    ['Katsiaryna Andreyeva', 'Екатерина Андреева'],
    ["Мар'я Калеснікава", 'Maria Kolesnikova'],
  ])('takes %s and %s for one', (one, other) => {
    expect([matches(one, other), matches(other, one)]).toEqual([true, true]);
  });
});

describe('a patronymic', () => {
  it('may be left out of the query or out of the record', () => {
    expect(matches('Дмитрий Козлов', 'Дмитрий Иванович Козлов')).toBe(true);
    expect(matches('Козлов Дмитрий Иванович', 'Dzmitry Kazlou')).toBe(true);
  });

  it('is the same in either language, and another father is another', () => {
    expect(matches('Козлов Дмитрий Николаевич', 'Дзмітрый Мікалаевіч Казлоў')).toBe(true);
    expect(matches('Ганна Пятроўна Кац', 'Анна Петровна Кац')).toBe(true);
    expect(matches('Анна Ильинична Кац', 'Анна Никитична Кац')).toBe(false);
    expect(matches('Дмитрий Иванович Козлов', 'Дмитрий Павлович Козлов')).toBe(false);
  });

  it('is not what a family name in -ich is', () => {
    expect(nameKeys('Ivan Pavlovich')).toMatchObject({ family: ['pavlaviC'] });
    expect(nameKeys('Мікалай Віктаравіч Статкевіч')).toEqual({
      given: [['g:mikalai']],
      family: ['statkeviC'],
      patronymic: ['p:viktar'],
    });
    expect(matches('Мікалай Статкевіч', 'Николай Викторович')).toBe(false);
  });
});

describe('the keys in an index', () => {
  const found = (query: string, index: readonly string[]): boolean =>
    queryKeys(query).length > 0 &&
    queryKeys(query).every((group) => group.some((key) => index.includes(key)));

  it('answer as the names themselves do', () => {
    fc.assert(
      fc.property(
        anyForm,
        anyForm,
        (query, form) => found(query, indexKeys(nameKeys(form))) === matches(query, form),
      ),
      { numRuns: 1000 },
    );
  });

  it('find nobody for a query without a word', () => {
    for (const query of ['', '  ', '…', "'", '- .']) {
      expect(queryKeys(query)).toEqual([]);
      expect(matches(query, 'Dzmitry Kazlou')).toBe(false);
    }
    expect(indexKeys(nameKeys('—'))).toEqual([]);
  });

  it('do not depend on case, composition, spaces, apostrophes or soft marks', () => {
    const writings = [
      (form: string) => form.toUpperCase(),
      (form: string) => form.toLowerCase(),
      (form: string) => form.normalize('NFD'),
      (form: string) => `  ${form.replaceAll(' ', ' \t\u00a0 ')} `,
      (form: string) => form.replace(/(?<=\p{L})(?=\p{L})/u, '’'),
      (form: string) => form.replaceAll('Ź', 'Z').replaceAll('ł', 'l').replaceAll('ŭ', 'u'),
      (form: string) => form.split(' ').toReversed().join(' '),
    ];
    fc.assert(
      fc.property(anyForm, fc.array(fc.constantFrom(...writings), { maxLength: 4 }), (form, changes) => {
        const written = changes.reduce((text, change) => change(text), form);
        expect(new Set(indexKeys(nameKeys(written)))).toEqual(new Set(indexKeys(nameKeys(form))));
      }),
      { numRuns: 1000 },
    );
  });

  it('find any recorded text again by itself, or nobody by it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(matches(text, text)).toBe(queryKeys(text).length > 0);
      }),
      { numRuns: 1000 },
    );
  });
});
