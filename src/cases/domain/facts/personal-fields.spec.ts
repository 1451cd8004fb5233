import { describe, expect, it } from '@jest/globals';
import { FILLED, leaves, NAME, PERSONAL } from '../../../../test/support/filled-facts.js';
import type { FactType } from './facts.js';
import { FACT_TYPES, withoutPersonalFields } from './personal-fields.js';

const TYPES = Object.keys(FILLED) as FactType[];

describe('the readable part of a fact', () => {
  it.each(TYPES)('%s: keeps every code, date, amount and id, and nothing personal', (type) => {
    const expected = new Map([...leaves(FILLED[type])].filter(([, value]) => value !== PERSONAL));
    expect(leaves(withoutPersonalFields(type, FILLED[type]))).toEqual(expected);
  });

  it('withholds a field nobody has declared', () => {
    const data = {
      ...FILLED.CustodyConfirmed,
      seenBy: PERSONAL,
      place: { region: 'BY-HM', street: PERSONAL },
    };
    expect(withoutPersonalFields('CustodyConfirmed', data)).toEqual({
      at: '2020-01-27',
      sources: [{ kind: 'press', published: '2020-02-07', confidential: true, reliability: 'high' }],
      detentionId: 'd1',
    });
  });

  it('withholds an object that stands where a code should be', () => {
    expect(withoutPersonalFields('Arrested', { detentionId: 'd1', regime: { note: PERSONAL } })).toEqual({
      detentionId: 'd1',
    });
    expect(
      withoutPersonalFields('CaseOpened', {
        person: { names: [NAME], roles: ['blogger', { note: PERSONAL }] },
      }),
    ).toEqual({ person: { roles: ['blogger', null] } });
  });

  it('withholds everything of a type it does not know, inherited names included', () => {
    for (const type of ['Pardoned', 'constructor', '__proto__']) {
      expect(FACT_TYPES).not.toContain(type);
      expect(withoutPersonalFields(type as FactType, { text: PERSONAL })).toEqual({});
    }
  });
});

describe('the readable part of a correction', () => {
  const correction = { eventId: 'e1', reason: PERSONAL, data: FILLED.Arrested };

  it('reads the new payload as the type it replaces', () => {
    expect(withoutPersonalFields('EventCorrected', correction, 'Arrested')).toEqual({
      eventId: 'e1',
      data: withoutPersonalFields('Arrested', FILLED.Arrested),
    });
  });

  it('withholds the new payload when the replaced type is not known', () => {
    expect(withoutPersonalFields('EventCorrected', correction)).toEqual({ eventId: 'e1' });
  });

  it('does not look into a correction of a correction', () => {
    const nested = { eventId: 'e2', reason: PERSONAL, data: correction };
    expect(withoutPersonalFields('EventCorrected', nested, 'EventCorrected')).toEqual({
      eventId: 'e2',
      data: { eventId: 'e1' },
    });
  });
});
