import { describe, expect, it } from '@jest/globals';
import { FILLED, FILLED_BESIDE, leaves, PERSONAL } from '../../../test/support/filled-facts.js';
import type { SubjectType } from './facts.js';
import { readableFields, REGISTER_FACT_TYPES } from './readable-fields.js';

const SUBJECTS = Object.keys(FILLED_BESIDE) as SubjectType[];

describe('of what is recorded beside the cases', () => {
  it.each(SUBJECTS)(
    '%s keeps readable what reports print, and no remark and no words of a source',
    (type) => {
      const expected = new Map([...leaves(FILLED_BESIDE[type])].filter(([, value]) => value !== PERSONAL));
      expect(leaves(readableFields(type, FILLED_BESIDE[type]))).toEqual(expected);
      expect([...leaves(FILLED_BESIDE[type])].filter(([, value]) => value === PERSONAL)).toHaveLength(3);
    },
  );

  it.each(SUBJECTS)('a corrected %s is read as one, and the reason is withheld', (type) => {
    const correction = { ...FILLED.EventCorrected, data: FILLED_BESIDE[type] };
    const { sources, at, ...rest } = readableFields('EventCorrected', correction, type);
    expect(rest).toEqual({ eventId: 'e1', data: readableFields(type, FILLED_BESIDE[type]) });
    expect({ sources, at }).toEqual(
      readableFields('EventVoided', { sources: correction.sources, at: '2020-01-27' }),
    );
  });

  it('nothing else is known', () => {
    expect(REGISTER_FACT_TYPES.toSorted()).toEqual([...SUBJECTS, 'EventCorrected', 'EventVoided'].toSorted());
  });
});
