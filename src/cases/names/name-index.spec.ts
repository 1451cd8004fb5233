import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { queryKeys } from '../domain/names/name-keys.js';
import { matches } from '../domain/names/name-keys.js';
import { NameIndex } from './name-index.js';

const found = (index: NameIndex, name: string): string[] => index.find(queryKeys(name)).toSorted();

describe('the index of names', () => {
  it('finds a case by each of its names, across scripts, and by nothing once they are gone', () => {
    const index = new NameIndex();
    index.put({ caseId: '1', forms: ['Dzmitry Kazlou', 'Сяргей Іваноў'] });
    index.put({ caseId: '2', forms: ['Зміцер Казлоў'] });
    expect(found(index, 'Казлоў')).toEqual(['1', '2']);
    expect(found(index, 'Dzmitry Ivanou')).toEqual([]);
    index.put({ caseId: '1', forms: ['Сяргей Іваноў'] });
    expect(found(index, 'Kazlou')).toEqual(['2']);
    index.remove('2');
    expect(found(index, 'Kazlou')).toEqual([]);
    expect(index.formsOf('1')).toEqual(['Сяргей Іваноў']);
    expect(index.find([])).toEqual([]);
  });

  it('finds what the rule finds, whatever was put in and taken out before', () => {
    const NAMES = [
      'Dzmitry Kazlou',
      'Зміцер Казлоў',
      'Maryna Siarheyeva',
      'Сергеева Марина',
      'Volha Hryb',
      'Грыб',
    ];
    const step = fc.record({
      caseId: fc.constantFrom('1', '2', '3', '4'),
      forms: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        const index = new NameIndex();
        const kept = new Map<string, string[]>();
        // Often enough for it to tidy up.
        for (let round = 0; round < 60; round += 1) for (const one of steps) index.put(one);
        for (const { caseId, forms } of steps) kept.set(caseId, forms);
        for (const query of NAMES) {
          const expected = [...kept].filter(([, forms]) => forms.some((form) => matches(query, form)));
          expect(found(index, query)).toEqual(expected.map(([caseId]) => caseId).toSorted());
        }
      }),
      { numRuns: 50 },
    );
  });
});
