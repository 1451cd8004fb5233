import { describe, expect, it } from '@jest/globals';
import { FEMALE_NAMES } from './female-names.js';
import { hear } from './given-names.js';
import { MALE_NAMES } from './male-names.js';

const LINES = (MALE_NAMES + FEMALE_NAMES)
  .trim()
  .split(/\n+/)
  .map((line) => {
    const [name = '', spellings = ''] = line.split(': ');
    return {
      name,
      spellings: spellings.split(' ').map((spelling) => spelling.toLowerCase().replace("'", '')),
    };
  });

describe('the table of given names', () => {
  it('has each name once', () => {
    expect(new Set(LINES.map(({ name }) => name)).size).toBe(LINES.length);
  });

  it('knows every spelling it lists as the name it lists it for', () => {
    for (const { name, spellings } of LINES) {
      for (const spelling of spellings)
        expect([spelling, hear(spelling).names]).toEqual([spelling, expect.arrayContaining([name])]);
    }
  });

  it('gives a full name to one line only', () => {
    for (const { name, spellings } of LINES) {
      for (const spelling of spellings.slice(0, 2))
        expect([spelling, hear(spelling).names]).toEqual([spelling, [name]]);
    }
  });

  it('says nothing about a word that is not in it', () => {
    expect(hear('казлоў')).toEqual({ key: 'kazlav', names: [] });
  });
});
