import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { matches, nameKeys } from './name-keys.js';
import { neighbourKeys, similarity } from './similarity.js';

const { people, near } = JSON.parse(readFileSync('test/cases/names.json', 'utf8')) as {
  people: Record<string, string[]>;
  near: [string, string][];
};

describe('how alike two names are', () => {
  it('is all there is for two spellings of one name', () => {
    for (const [first = '', ...others] of Object.values(people)) {
      for (const other of others) {
        expect(similarity(first, other)).toEqual({
          score: 1,
          reasons: ['same_name', 'same_family_name', 'same_given_name'],
        });
      }
    }
  });

  it.each(near)('proposes %s and %s as similar, but not as the same', (one, other) => {
    const { score, reasons } = similarity(one, other);
    expect(score).toBeGreaterThan(0.4);
    expect(score).toBeLessThan(1);
    expect(reasons).not.toContain('same_name');
    expect(neighbourKeys(nameKeys(one))).toEqual(neighbourKeys(nameKeys(other)));
  });

  it('says what differs', () => {
    expect(similarity('Dzmitry Kazlou', 'Dzmitry Kazlouski').reasons).toEqual([
      'close_family_name',
      'same_given_name',
    ]);
    expect(similarity('Pavel Sevyaryniets', 'Palina Sevyaryniets').reasons).toEqual([
      'same_family_name',
      'different_given_name',
    ]);
    expect(similarity('Ales Krutkin', 'Alena Krutkina').reasons[0]).toBe('close_family_name');
    expect(similarity('Kazlou', 'Dzmitry Kazlou').reasons).toEqual(['same_family_name']);
  });

  it('is less for other fathers and no less for the same', () => {
    const same = similarity('Дмитрий Иванович Козлов', 'Козлов Дзмітрый Іванавіч');
    const other = similarity('Дмитрий Иванович Козлов', 'Козлов Дмитрий Петрович');
    expect(same).toEqual({
      score: 1,
      reasons: ['same_name', 'same_family_name', 'same_given_name', 'same_patronymic'],
    });
    expect(other.reasons).toEqual(['same_family_name', 'same_given_name', 'different_patronymic']);
    expect(other.score).toBeLessThan(same.score);
  });

  it('is nothing for people who share a given name only, or a short family name by half', () => {
    expect(similarity('Dzmitry Kazlou', 'Dzmitry Markelau')).toEqual({ score: 0, reasons: [] });
    expect(similarity('Ales Kot', 'Ales Kats')).toEqual({ score: 0, reasons: [] });
    expect(similarity('', 'Ales')).toEqual({ score: 0, reasons: [] });
  });

  it('does not depend on the order, and what finds by all its words is proposed', () => {
    const forms = fc.constantFrom(...Object.values(people).flat(), ...near.flat(), 'Дмитрий Иванович Козлов');
    fc.assert(
      fc.property(forms, forms, (one, other) => {
        expect(similarity(one, other)).toEqual(similarity(other, one));
        if (matches(one, other) && matches(other, one)) expect(similarity(one, other).score).toBe(1);
      }),
      { numRuns: 1000 },
    );
  });
});
