import { describe, expect, it } from '@jest/globals';
import type { Value } from '../../content/content.js';
import { WORDS } from '../words/languages.js';
import { valueWriter } from './values.js';

const said = (value: Value): string[] =>
  (['en', 'ru', 'be'] as const).map((language) =>
    valueWriter(WORDS[language])
      .written(value)
      .replaceAll(/[\u00A0\u202F]/g, ' '),
  );

const days = (min: number, max: number | null): Value => ({ kind: 'range', unit: 'days', min, max });

describe('a value in words', () => {
  it.each<[Value, string, string, string]>([
    [{ kind: 'count', value: 12_345 }, '12,345', '12 345', '12 345'],
    [days(1, 1), '1 day', '1 день', '1 дзень'],
    [days(22, 22), '22 days', '22 дня', '22 дні'],
    [days(165, 165), '165 days', '165 дней', '165 дзён'],
    [days(26, 31), '26 to 31 days', 'от 26 до 31 дня', 'ад 26 да 31 дня'],
    [days(0, 5), '0 to 5 days', 'от 0 до 5 дней', 'ад 0 да 5 дзён'],
    [
      { kind: 'range', unit: 'hours', min: 24, max: null },
      'at least 24 hours (no upper bound known)',
      'не менее 24 часов (верхняя граница неизвестна)',
      'не менш за 24 гадзіны (верхняя мяжа невядомая)',
    ],
    [{ kind: 'decimal', unit: 'days', value: '16.38' }, '16.38 days', '16,38 дня', '16,38 дня'],
    [
      { kind: 'money', currency: 'BYN', value: '120901.00' },
      '120,901.00 BYN',
      '120 901,00 BYN',
      '120 901,00 BYN',
    ],
    [
      { kind: 'money', currency: 'USD', value: '600.00', qualifier: 'at_least' },
      'at least 600.00 USD',
      'не менее 600,00 USD',
      'не менш за 600,00 USD',
    ],
    // More digits than a number of the machine holds.
    [
      { kind: 'money', currency: 'BYR', value: '12345678901234567891' },
      '12,345,678,901,234,567,891 BYR',
      '12 345 678 901 234 567 891 BYR',
      '12 345 678 901 234 567 891 BYR',
    ],
    [{ kind: 'base_units', value: 50 }, '50 base units', '50 базовых величин', '50 базавых велічынь'],
    [{ kind: 'day', value: '2020-01-27' }, '27 January 2020', '27 января 2020 г.', '27 студзеня 2020 г.'],
    [
      { kind: 'days', earliest: null, latest: '2020-02-07' },
      'not after 7 February 2020',
      'не позднее: 7 февраля 2020 г.',
      'не пазней: 7 лютага 2020 г.',
    ],
    [{ kind: 'days', earliest: null, latest: null }, 'day not known', 'день неизвестен', 'дзень невядомы'],
    [{ kind: 'month', value: '2021-03' }, 'March 2021', 'март 2021 г.', 'сакавік 2021'],
    [{ kind: 'code', list: 'region', value: 'BY-HM' }, 'City of Minsk', 'город Минск', 'горад Мінск'],
    [{ kind: 'code', list: 'region', value: 'PL-14' }, 'PL-14', 'PL-14', 'PL-14'],
    [{ kind: 'estimate', op: 'gt', value: 150 }, 'over 150', 'более 150', 'больш за 150'],
    [
      { kind: 'estimate', op: 'between', value: 180, high: 220 },
      '180 to 220',
      'от 180 до 220',
      'ад 180 да 220',
    ],
  ])('%j', (value, en, ru, be) => expect(said(value)).toEqual([en, ru, be]));

  it('says four different things of what is withheld, not recorded, zero, and without an upper bound', () => {
    const four: Value[] = [{ kind: 'withheld' }, { kind: 'absent' }, days(0, 0), days(0, null)];
    for (const n of [0, 1, 2]) expect(new Set(four.map((value) => said(value)[n])).size).toBe(4);
  });

  it('does not print a code that has no word', () => {
    const { written } = valueWriter(WORDS.en);
    expect(() => written({ kind: 'code', list: 'status', value: 'on_the_moon' })).toThrow('on_the_moon');
    expect(() => written({ kind: 'code', list: 'status', value: 'constructor' })).toThrow('constructor');
    expect(() => written({ kind: 'code', list: 'weather', value: 'cold' })).toThrow('weather');
  });
});
