import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ErasureList, ErasureListFault, type Erasure } from './erasure-list.js';

const erasure = (n: number): Erasure => ({
  caseId: `case ${n}`,
  keyIds: [`key ${n}`],
  erasedAt: '2026-11-23T00:00:00.000Z',
  requestedBy: 'one',
  approvedBy: 'another',
  eventId: `event ${n}`,
});

describe('the list of what was erased', () => {
  let folder: string;
  let list: ErasureList;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'habeas-erasures-'));
    list = new ErasureList(join(folder, 'apart', 'erasures.ndjson'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const text = (): string => readFileSync(list.file, 'utf8');

  it('is empty before the first, and then grows by a line for each, for its owner alone', () => {
    expect([list.exists(), list.read()]).toEqual([false, []]);
    list.add(erasure(1));
    list.add(erasure(2));
    expect(list.read()).toEqual([erasure(1), erasure(2)]);
    expect(text().split('\n')).toHaveLength(3);
    expect(statSync(list.file).mode & 0o777).toBe(0o600);
  });

  it('has each erasure once, by its event, or by its case and keys', () => {
    list.add(erasure(1));
    list.add(erasure(1));
    list.add({ ...erasure(1), eventId: 'the same again' });
    list.add({ ...erasure(2), eventId: 'event 1' });
    expect(list.read()).toEqual([erasure(1)]);
    list.add({ ...erasure(1), eventId: 'event 3', keyIds: ['key 1', 'key 3'] });
    expect(list.read()).toHaveLength(2);
  });

  it('is not read with a line that is none, and goes on after one that a crash has cut short', () => {
    list.add(erasure(1));
    const whole = text();
    for (let length = 1; length < whole.length - 1; length++) {
      writeFileSync(list.file, whole + whole.slice(0, length).replace('1', '2'));
      expect(() => list.read()).toThrow(ErasureListFault);
      list.add(erasure(3));
      expect(list.read()).toEqual([erasure(1), erasure(3)]);
    }
    // Written by hand, without the end of the line.
    writeFileSync(list.file, whole.trimEnd());
    list.add(erasure(3));
    expect(list.read()).toEqual([erasure(1), erasure(3)]);
  });

  it('has the cases that went with one, where there are any', () => {
    const merged = { ...erasure(1), mergedFrom: ['case 7'] };
    list.add(merged);
    list.add({ ...erasure(2), mergedFrom: [] });
    expect(list.read()).toEqual([merged, erasure(2)]);
  });

  it('is read as far as it is whole where it is known who writes it, and nowhere with a fault before its end', () => {
    list.add(erasure(1));
    const whole = text();
    for (const rest of ['{"caseId":"ca', '{', 'x'])
      expect([writeFileSync(list.file, whole + rest), list.readOwn()]).toEqual([undefined, [erasure(1)]]);
    writeFileSync(list.file, whole.trimEnd());
    expect(list.readOwn()).toEqual([erasure(1)]);
    writeFileSync(list.file, `Zuleika\n${whole}`);
    expect(() => list.readOwn()).toThrow(/: line 1 is no erasure$/);
  });

  it('is not taken for empty where it cannot be read', () => {
    const below = new ErasureList(join(list.file, 'list'));
    list.add(erasure(1));
    expect(() => below.read()).toThrow(/cannot be read \(ENOTDIR\)$/);
    expect(() => below.readOwn()).toThrow(ErasureListFault);
  });

  it.each([
    '{}',
    'null',
    '[]',
    '"x"',
    JSON.stringify({ ...erasure(1), keyIds: ['', 'x'] }),
    JSON.stringify({ ...erasure(1), eventId: 7 }),
    JSON.stringify({ ...erasure(1), mergedFrom: 'case 7' }),
  ])('takes no line like %s', (line) => {
    list.add(erasure(1));
    appendFileSync(list.file, `${line}\n`);
    expect(() => list.read()).toThrow('line 2 is no erasure');
  });
});
