import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../canonical-json.js';
import { joined, marked, pathsIn, remainder, type Members } from './sealed-fields.js';

const DATA = {
  at: '2020-01-27',
  person: { names: [{ form: 'Dzmitry Kazlou' }], roles: ['blogger'] },
  sources: [
    { kind: 'press', citation: 'a newspaper', confidential: false },
    { kind: 'official', confidential: true },
    { kind: 'testimony', citation: 'his mother', confidential: true },
  ],
};
const READABLE = {
  at: '2020-01-27',
  person: { roles: ['blogger'] },
  sources: [
    { kind: 'press', confidential: false },
    { kind: 'official', confidential: true },
    { kind: 'testimony', confidential: true },
  ],
};
const personal = remainder(DATA, READABLE) as Members;

describe('the two halves of an event', () => {
  it('have nothing in common, and are the whole again', () => {
    expect(personal).toEqual({
      person: { names: [{ form: 'Dzmitry Kazlou' }] },
      sources: { 0: { citation: 'a newspaper' }, 2: { citation: 'his mother' } },
    });
    expect(joined(READABLE, personal)).toEqual(DATA);
  });

  it('are the whole again whatever is readable of it, and however it was kept', () => {
    const plain = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
    const part = (value: unknown, keep: () => boolean): unknown => {
      if (typeof value !== 'object' || value === null) return keep() ? value : undefined;
      if (Array.isArray(value)) return value.map((item) => part(item, keep) ?? null);
      return Object.fromEntries(
        Object.entries(value).flatMap(([name, member]) => {
          const kept = part(member, keep);
          return kept === undefined ? [] : [[name, kept]];
        }),
      );
    };
    fc.assert(
      fc.property(plain, fc.infiniteStream(fc.boolean()), (value, choices) => {
        const whole = { value };
        const readable = part(whole, () => choices.next().value as boolean) as Members;
        const rest = remainder(whole, readable);
        const kept = rest === undefined ? undefined : (JSON.parse(JSON.stringify(rest)) as unknown);
        expect(canonicalJson(joined(readable, kept))).toBe(canonicalJson(whole));
      }),
    );
  });

  it('name the places of what is sealed', () => {
    expect(pathsIn(personal, READABLE)).toEqual(['person.names', 'sources.0.citation', 'sources.2.citation']);
  });

  it('show in its place what was erased', () => {
    const gone = { erased: true };
    expect(marked(READABLE, pathsIn(personal, READABLE), gone)).toEqual({
      at: '2020-01-27',
      person: { names: gone, roles: ['blogger'] },
      sources: [
        { kind: 'press', confidential: false, citation: gone },
        { kind: 'official', confidential: true },
        { kind: 'testimony', confidential: true, citation: gone },
      ],
    });
    expect(READABLE.sources[0]).not.toHaveProperty('citation');
  });

  it('of an event with nothing personal: nothing is sealed', () => {
    expect(remainder(READABLE, READABLE)).toBeUndefined();
  });
});
