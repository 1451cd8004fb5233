import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { readCsv } from './csv.js';

const read = (...rows: string[]) => readCsv(Buffer.from(rows.join('\n')));

describe('a file of facts, one a row', () => {
  it('puts every cell where its column says, as the kind of value that stands there', () => {
    const { lines, faults } = read(
      'case,fact,at,name,roles,days,runs,claimed.ordinal,conditional,source,source.kind,source.confidential',
      'K1,CaseOpened,,Dzmitry Kazlou,blogger|activist,,,,,,,',
      'K1,Sentenced,2020-01-27,,,15,consecutive,8,,Viasna,organisation,no',
      'K1,Released,,,,,,,yes,,,',
    );
    expect(faults).toEqual([]);
    expect(lines.map(({ line, label, route, body }) => ({ line, label, name: route.name, body }))).toEqual([
      {
        line: 2,
        label: 'K1',
        name: 'CaseOpened',
        body: { person: { names: [{ form: 'Dzmitry Kazlou' }], roles: ['blogger', 'activist'] } },
      },
      {
        line: 3,
        label: 'K1',
        name: 'Sentenced',
        body: {
          at: '2020-01-27',
          days: 15,
          runs: 'consecutive',
          claimed: { ordinal: 8 },
          sources: [{ citation: 'Viasna', kind: 'organisation', confidential: false }],
        },
      },
      { line: 4, label: 'K1', name: 'Released', body: { conditional: true } },
    ]);
  });

  it('takes the ids of a path out of the row', () => {
    const { lines } = read('case,fact,penaltyId,by,as', 'K1,PenaltyAnnulled,$s1,appeal,@annulled');
    expect(lines).toMatchObject([{ ids: { penaltyId: '$s1' }, body: { by: 'appeal' }, as: '@annulled' }]);
    expect(lines[0]?.body).not.toHaveProperty('penaltyId');
  });

  it.each([
    ['commas', 'case,fact,remark', 'K1,NoteAdded,"a, b"'],
    ['semicolons', 'case;fact;remark', 'K1;NoteAdded;"a, b"'],
    ['tabs', 'case\tfact\tremark', 'K1\tNoteAdded\ta, b'],
  ])('takes %s, a byte order mark and the line ends of Windows', (_, header, row) => {
    expect(readCsv(Buffer.from(`\ufeff${header}\r\n${row}\r\n`))).toMatchObject({
      lines: [{ line: 2, label: 'K1', body: { remark: 'a, b' } }],
      faults: [],
    });
  });

  it('counts the lines of the file, not its rows', () => {
    const { lines, faults } = read(
      'case,fact,remark',
      'K1,NoteAdded,"one',
      'two"',
      'K1,Nothing,',
      'K2,NoteAdded,',
    );
    expect(lines.map(({ line, label }) => [line, label])).toEqual([
      [2, 'K1'],
      [5, 'K2'],
    ]);
    expect(faults).toEqual([{ line: 4, reason: 'fact: must be the name of a command, like Arrested' }]);
  });

  it('leaves a cell of the wrong kind as it is, for the check of the body to refuse', () => {
    const { lines } = read('case,fact,days,conditional', 'K1,Sentenced,fifteen,perhaps');
    expect(lines[0]?.body).toEqual({ days: 'fifteen', conditional: 'perhaps' });
  });

  it.each<[string, string[], number, string]>([
    ['a row of another length', ['case,fact', 'K1'], 2, 'has 1 cells where the header has 2 columns'],
    ['a row without a case', ['case,fact', ',NoteAdded'], 2, 'case: must be a label or the id of a case'],
    [
      'a row without an id of its path',
      ['case,fact', 'K1,FineWithdrawn'],
      2,
      'penaltyId: must be given for FineWithdrawn',
    ],
    ['a quote that is not closed', ['case,fact', 'K1,"NoteAdded'], 2, 'is not CSV (CSV_QUOTE_NOT_CLOSED)'],
    ['a header without a needed column', ['case,at', 'K1,2020'], 1, 'the column fact is missing'],
    ['a column twice', ['case,fact,at,at', 'K1,NoteAdded,,'], 1, 'the column at is there twice'],
    [
      'a column within another',
      ['case,fact,sources,source', 'K1,NoteAdded,,'],
      1,
      'the column source is a part of the column sources',
    ],
    ['a column of no name', ['case,fact,', 'K1,NoteAdded,'], 1, 'column 3: "" is not the name of a member'],
    [
      'a column that replaces what an object is',
      ['case,fact,a.__proto__.b', 'K1,NoteAdded,'],
      1,
      'column 3: "a.__proto__.b" is not the name of a member',
    ],
    ['no header', [''], 1, 'the file is empty'],
  ])('tells %s', (_, rows, line, reason) => {
    expect(read(...rows).faults).toEqual([{ line, reason }]);
  });

  it('tells that it is not UTF-8', () => {
    expect(readCsv(Buffer.from('case,fact\nK\xe9,NoteAdded', 'latin1')).faults).toEqual([
      { line: 1, reason: 'the file is not UTF-8: save it as "CSV UTF-8"' },
    ]);
  });
});
