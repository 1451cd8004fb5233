import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { factsFromCommands, type CaseCommand } from '../support/oracle/facts-from-commands.js';
import { oracle } from '../support/oracle/oracle.js';

interface CaseOfAFile {
  id: string;
  title: string;
  commands: CaseCommand[];
  expect: { asOf: string; custody?: object; totals?: object; findings?: { has: string[]; not: string[] } }[];
}

const casesIn = (file: string): CaseOfAFile[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { cases: CaseOfAFile[] }).cases;

describe.each(['golden.json', 'statement-2020-02.json'])('the oracle on the cases of %s', (file) => {
  const cases = casesIn(join(import.meta.dirname, '../cases', file));

  it.each(cases)('$id: $title', ({ commands, expect: expected }) => {
    const facts = factsFromCommands(commands);
    for (const { asOf, custody = {}, totals = {}, findings = { has: [], not: [] } } of expected) {
      const answer = oracle(facts, asOf);
      expect({ asOf, ...answer }).toMatchObject({ asOf, custody, totals });
      const codes = answer.findings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(findings.has));
      expect(codes.filter((code) => findings.not.includes(code))).toEqual([]);
    }
  });
});
