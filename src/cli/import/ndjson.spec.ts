import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { readNdjson } from './ndjson.js';

const read = (...lines: (string | object)[]) =>
  readNdjson(
    Buffer.from(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')),
  );

describe('a file of commands, one a line', () => {
  it('gives the command, the ids of its path and the name of its event', () => {
    const body = { by: 'appeal' };
    const { lines, faults } = read({ case: 'K1', post: '/v1/cases', body: {} }, '', {
      case: 'K1',
      post: '/v1/cases/:case/penalties/$s1/annulments',
      body,
      as: '@annulled',
    });
    expect(faults).toEqual([]);
    expect(lines).toMatchObject([
      { line: 1, label: 'K1', route: { name: 'CaseOpened' }, ids: {} },
      {
        line: 3,
        label: 'K1',
        route: { name: 'PenaltyAnnulled' },
        ids: { penaltyId: '$s1' },
        body,
        as: '@annulled',
      },
    ]);
  });

  it('reads lines that end as on any system, the last one with or without an end', () => {
    const line = JSON.stringify({ case: 'K1', post: '/v1/cases', body: {} });
    for (const text of [`${line}\n${line}`, `${line}\r\n${line}\r\n`, `\n${line}\n \n${line}\n`]) {
      expect(readNdjson(Buffer.from(text))).toMatchObject({
        lines: [{ label: 'K1' }, { label: 'K1' }],
        faults: [],
      });
    }
    expect(readNdjson(Buffer.from(''))).toEqual({ lines: [], faults: [] });
  });

  it.each<[string, string | object, string]>([
    ['no JSON', '{"case"', 'the body is not JSON'],
    ['no object', [], 'is not a JSON object'],
    [
      'a member that lines do not have',
      { case: 'K1', post: '/v1/cases', body: {}, put: 1 },
      '/put: is not a member of a line',
    ],
    ['no case', { post: '/v1/cases', body: {} }, '/case: must be a label or the id of a case'],
    ['no path', { case: 'K1', body: {} }, '/post: must be the path of a command'],
    ['no body', { case: 'K1', post: '/v1/cases' }, '/body: must be an object'],
    ['a path of nothing', { case: 'K1', post: '/v1/keys', body: {} }, '/post: "/v1/keys" is not a command'],
    [
      'what is decided about a case in the register',
      { case: 'K1', post: '/v1/cases/:case/restrictions', body: {} },
      '/post: "/v1/cases/:case/restrictions" is not a command',
    ],
    [
      'the path of a certain case',
      { case: 'K1', post: '/v1/cases/7/arrests', body: {} },
      '/post: "/v1/cases/7/arrests" is not a command',
    ],
    [
      'a name without its mark',
      { case: 'K1', post: '/v1/cases', body: {}, as: 'x' },
      '/as: must be like @name',
    ],
    [
      'a name that replaces what an object is',
      '{"case":"K1","post":"/v1/cases","body":{"__proto__":{}}}',
      'is not a name a member may have',
    ],
  ])('tells the line with %s', (_, bad, reason) => {
    expect(read({ case: 'K1', post: '/v1/cases', body: {} }, bad)).toMatchObject({
      lines: [{ line: 1 }],
      faults: [{ line: 2, reason }],
    });
  });

  it('tells the line that is not UTF-8', () => {
    expect(readNdjson(Buffer.from([0x7b, 0xff, 0x7d])).faults).toEqual([
      { line: 1, reason: 'the body is not UTF-8' },
    ]);
  });
});
