import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { COMMAND_ROUTES } from '../../cases/http/command-catalogue.js';
import { LawBook } from '../../cases/law-book.js';
import { readCsv } from './csv.js';
import type { ReadFile } from './import-line.js';
import { readNdjson } from './ndjson.js';
import { FileIds } from './references.js';
import { Rehearsal } from './rehearsal.js';

const DOCUMENT = readFileSync('docs/import.md', 'utf8');
const example = (language: string): Buffer =>
  Buffer.from(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(DOCUMENT)?.[1] ?? '');

describe('docs/import.md', () => {
  it('names every command', () => {
    for (const { name } of COMMAND_ROUTES) expect(DOCUMENT).toContain(`\`${name}\``);
  });

  it.each<[string, (file: Uint8Array) => ReadFile, number]>([
    ['json', readNdjson, 4],
    ['csv', readCsv, 3],
  ])('gives an example in %s that can be imported', (language, read, count) => {
    const { lines, faults } = read(example(language));
    expect(lines).toHaveLength(count);
    const rehearsal = new Rehearsal(
      new FileIds(example(language)),
      LawBook.of('BY').law,
      '2020-02-08T09:00:00.000Z',
      String,
    );
    expect([...faults, ...rehearsal.faultsIn(lines)]).toEqual([]);
  });
});
