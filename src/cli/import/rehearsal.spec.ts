import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { LawBook } from '../../cases/law-book.js';
import { columnName } from './csv-columns.js';
import { readCsv } from './csv.js';
import { readNdjson } from './ndjson.js';
import { FileIds } from './references.js';
import { Rehearsal, type NamePlace } from './rehearsal.js';

const { law } = LawBook.of('BY');
const asPointer: NamePlace = (pointer) => pointer;

const rehearsal = (placeName = asPointer) =>
  new Rehearsal(new FileIds(Buffer.from('a file')), law, '2020-02-08T09:00:00.000Z', placeName);

function faultsOf(...commands: { case?: string; post: string; body: object; as?: string }[]) {
  const text = commands.map((command) => JSON.stringify({ case: 'K1', ...command })).join('\n');
  const { lines, faults } = readNdjson(Buffer.from(text));
  expect(faults).toEqual([]);
  return rehearsal().faultsIn(lines);
}

const opening = {
  post: '/v1/cases',
  body: { person: { names: [{ form: 'Dzmitry Kazlou' }], roles: ['blogger'] } },
};
const arrest = { post: '/v1/cases/:case/arrests', body: { detentionId: '$d1', at: '2019-12-25' } };
const release = {
  post: '/v1/cases/:case/releases',
  body: { detentionId: '$d1', at: '2020-01-09', basis: 'term_served', conditional: false },
};

describe('a rehearsed import', () => {
  it.each(['golden.json', 'statement-2020-02.json'])('takes every command of %s', (name) => {
    const { cases } = JSON.parse(readFileSync(`test/cases/${name}`, 'utf8')) as {
      cases: { id: string; commands: { post: string; body: object; as?: string }[] }[];
    };
    const commands = cases.flatMap(({ id, commands: ofCase }) =>
      ofCase.map((command) => ({ case: id, ...command })),
    );
    expect(commands.length).toBeGreaterThan(20);
    expect(faultsOf(...commands)).toEqual([]);
  });

  it('tells every fault of a body, with its place', () => {
    const bad = { post: '/v1/cases/:case/sentences', body: { days: '15', runs: 'twice', sources: [{}] } };
    const faults = faultsOf(opening, bad);
    expect(faults.every(({ line }) => line === 2)).toBe(true);
    expect(faults.map(({ reason }) => reason.split(':')[0])).toEqual(
      expect.arrayContaining(['/body/days', '/body/runs', '/body/sources/0/citation']),
    );
  });

  it('calls a column by the name that the header has for it', () => {
    const text =
      'case,fact,name,roles,source,source.kind,days\nK1,CaseOpened,K,blogger,,,\nK1,Sentenced,,,,rumour,';
    const faults = rehearsal(columnName).faultsIn(readCsv(Buffer.from(text)).lines);
    expect(faults.map(({ line, reason }) => `${line} ${reason.split(':')[0]}`)).toEqual(
      expect.arrayContaining(['3 source', '3 source.kind', '3 source.confidential', '3 days']),
    );
  });

  it('refuses what the case would refuse, before anything is written', () => {
    expect(faultsOf(opening, arrest, release, release)).toMatchObject([{ line: 4 }]);
    expect(faultsOf(opening, opening)).toMatchObject([{ line: 2 }]);
    expect(
      faultsOf(opening, arrest, {
        post: '/v1/cases/:case/penalties/$s1/annulments',
        body: { by: 'appeal' },
      }),
    ).toMatchObject([{ line: 3 }]);
  });

  it('refuses a fact of a case that nothing has opened, and one that comes before the opening', () => {
    const reason = 'nothing has opened the case "K1" before this line';
    expect(faultsOf(arrest, opening)).toEqual([{ line: 1, reason }]);
  });

  it('keeps the same ids apart in two cases', () => {
    const other = [opening, arrest, release].map((command) => ({ case: 'K2', ...command }));
    expect(faultsOf(opening, arrest, release, ...other)).toEqual([]);
  });

  it('leaves a case that is given by its id to the service, but for the form', () => {
    const known = { case: 'a0000000-0000-4000-8000-000000000001' };
    expect(faultsOf({ ...known, ...release })).toEqual([]);
    expect(faultsOf({ ...known, ...release, body: { basis: 'escaped' } })[0]?.reason).toMatch(/^\/body\//);
  });

  it('knows the events that earlier lines have named', () => {
    const voids = { post: '/v1/cases/:case/voids', body: { eventId: '@arrest', reason: 'duplicate' } };
    expect(faultsOf(opening, { ...arrest, as: '@arrest' }, voids)).toEqual([]);
    expect(faultsOf(opening, arrest, voids)).toEqual([
      { line: 3, reason: '@arrest is not the "as" of an earlier line of this case' },
    ]);
    expect(faultsOf(opening, { ...arrest, as: '@arrest' }, voids, voids)).toMatchObject([{ line: 4 }]);
  });

  it('takes a text that begins like a reference for a text', () => {
    const note = { post: '/v1/cases/:case/notes', body: { text: '$600 and @home', remark: '$s1' } };
    expect(faultsOf(opening, note)).toEqual([]);
  });

  it('refuses a body larger than the service takes', () => {
    const sources = Array.from({ length: 20 }, () => ({
      citation: 'x'.repeat(16_000),
      kind: 'press',
      confidential: false,
    }));
    expect(faultsOf(opening, { post: '/v1/cases/:case/notes', body: { text: 'x', sources } })).toEqual([
      { line: 2, reason: 'is longer than 256 KiB' },
    ]);
  });
});
