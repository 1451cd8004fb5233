import { describe, expect, it } from '@jest/globals';
import { differences, linesOf } from './differences.js';

const nobody = (): undefined => undefined;

describe('two states of something', () => {
  it('differ place by place, each before and after', () => {
    const before = { custody: { status: 'in_custody_undecided' }, closed: false };
    const after = { custody: { status: 'in_custody_serving' }, closed: true };
    expect(differences(before, after, ['/custody/status', '/closed'], nobody)).toEqual([
      { where: 'custody status', before: 'in custody undecided', after: 'in custody serving' },
      { where: 'closed', before: 'no', after: 'yes' },
    ]);
  });

  it('differ in a range or a period once, not by its ends', () => {
    const before = { days: { min: 15, max: 15 }, until: { earliest: '2020-01-05', latest: '2020-01-05' } };
    const after = { days: { min: 15, max: 30 }, until: { earliest: '2020-01-05', latest: null } };
    expect(differences(before, after, ['/days/max', '/until/latest'], nobody)).toEqual([
      { where: 'days', before: '15', after: '15–30' },
      { where: 'until', before: '2020-01-05', after: 'not before 2020-01-05' },
    ]);
    const pointers = ['/days/min', '/days/max'];
    expect(differences({ days: { min: 0, max: 0 } }, { days: { min: 7, max: 7 } }, pointers, nobody)).toEqual(
      [{ where: 'days', before: '0', after: '7' }],
    );
  });

  it('differ in an entry of a list that comes or goes, told in one line', () => {
    const fine = {
      penaltyId: 'p1',
      kind: 'fine',
      amount: { value: '510', currency: 'BYN' },
      eventId: 'e1',
      reduced: [],
    };
    const told = {
      where: 'penalties e1',
      after: 'penalty id p1, kind fine, amount value 510, amount currency BYN',
    };
    expect(differences({ penalties: [] }, { penalties: [fine] }, ['/penalties/0'], nobody)).toEqual([told]);
    expect(differences({ penalties: [fine] }, { penalties: [] }, ['/penalties/0'], nobody)).toEqual([
      { where: told.where, before: told.after },
    ]);
  });

  it('differ in the entries of a list by what they are, wherever they stand', () => {
    const before = { findings: [{ code: 'unsourced', value: 2 }], by: ['e1'] };
    const after = {
      findings: [{ code: 'counsel_denied' }, { code: 'unsourced', value: 3 }],
      by: ['e1', 'e2'],
    };
    const pointers = ['/findings/0/code', '/findings/0/value', '/findings/1', '/by/1'];
    expect(differences(before, after, pointers, nobody)).toEqual([
      { where: 'findings unsourced', before: 'value 2', after: 'value 3' },
      { where: 'findings counsel denied', after: '' },
      { where: 'by', before: 'e1', after: 'e1, e2' },
    ]);
  });

  it('do not differ in what begins as nothing', () => {
    const after = {
      totals: { arrests: 0, fines: [], days: { min: 0, max: 0 } },
      since: null,
      role: 'blogger',
    };
    const pointers = ['/totals', '/since', '/role'];
    expect(differences(null, after, pointers, nobody)).toEqual([{ where: 'role', after: 'blogger' }]);
  });

  it('call what has a name by it, and read the escapes of a pointer', () => {
    const nameOf = (text: string) => (text === 'e1' ? 'step 2' : undefined);
    const told = differences({ 'a/b~': [] }, { 'a/b~': ['e1', 'e2'] }, ['/a~1b~0/0', '/a~1b~0/1'], nameOf);
    expect(told).toEqual([{ where: 'a/b~', before: 'none', after: 'step 2, e2' }]);
  });
});

it('all that stands in a fact is told line by line', () => {
  const data = {
    at: '2020-01-27',
    days: 15,
    person: { names: [{ form: 'Dzmitry Kazlou' }], roles: ['blogger', 'human_rights_defender'] },
    remark: { erased: true },
    sources: [],
  };
  expect(linesOf(data, nobody)).toEqual([
    'at: 2020-01-27',
    'days: 15',
    'person names Dzmitry Kazlou',
    'person roles: blogger, human rights defender',
    'remark erased: yes',
    'sources: none',
  ]);
  expect(linesOf({ text: 'no' }, nobody)).toEqual(['text: no']);
});
