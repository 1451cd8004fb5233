import { describe, expect, it } from '@jest/globals';
import { Disk, type Fate } from '../support/disk.js';
import type { FileOperation } from '../support/file-history.js';
import { seededRandom } from '../support/random.js';

const create: FileOperation = { kind: 'create', name: 'f' };
const flush: FileOperation = { kind: 'flush', name: 'f' };
const failedFlush: FileOperation = { kind: 'failed flush', name: 'f' };
const flushFolder: FileOperation = { kind: 'flush folder' };
const truncate = (size: number): FileOperation => ({ kind: 'truncate', name: 'f', size });

function write(text: string, offset = 0): FileOperation {
  return { kind: 'write', name: 'f', offset, bytes: Buffer.from(text) };
}

/** What may be found in the file after a crash: every content that turns up in a hundred of them. */
function found(
  operations: FileOperation[],
  fates: Fate[] = ['dropped', 'kept', 'mixed', 'torn'],
): Set<string | undefined> {
  const random = seededRandom(1);
  const disk = new Disk();
  for (const operation of operations) disk.apply(operation);
  const crashes = fates.flatMap((fate) => Array.from({ length: 100 }, () => disk.crash(fate, random)));
  return new Set(crashes.map((files) => files.get('f')?.toString()));
}

describe('the disk that the power-loss tests imagine', () => {
  it('keeps what was flushed', () => {
    expect(found([create, write('old'), flush, flushFolder])).toEqual(new Set(['old']));
  });

  it('may keep what was not, or not', () => {
    const operations = [create, write('old'), flush, flushFolder, write('new')];
    expect(found(operations)).toEqual(new Set(['old', 'new']));
    expect(found(operations, ['dropped'])).toEqual(new Set(['old']));
    expect(found(operations, ['kept'])).toEqual(new Set(['new']));
  });

  it('may write in another order than it was asked to', () => {
    expect(found([create, flushFolder, write('a', 0), write('b', 1), write('c', 1)])).toEqual(
      new Set(['', 'a', 'ab', 'ac', '\0b', '\0c']),
    );
  });

  it('may tear a write between two sectors', () => {
    const torn = found([create, flushFolder, write('x'.repeat(1_024))], ['torn']);
    expect(torn).toEqual(
      new Set(['', 'x'.repeat(512), 'x'.repeat(1_024), '\0'.repeat(512) + 'x'.repeat(512)]),
    );
  });

  it('may forget a truncation', () => {
    expect(found([create, write('long'), flush, flushFolder, truncate(2)])).toEqual(new Set(['long', 'lo']));
  });

  it('may forget a new name, or remember an old one, until the folder is flushed', () => {
    expect(found([create, write('x'), flush])).toEqual(new Set([undefined, 'x']));
    const remove: FileOperation = { kind: 'remove', name: 'f' };
    expect(found([create, write('x'), flush, flushFolder, remove])).toEqual(new Set([undefined, 'x']));
  });

  it('may lose for good what a failed flush should have kept, though later flushes succeed', () => {
    const operations = [
      create,
      write('old'),
      flush,
      flushFolder,
      write('new'),
      failedFlush,
      write('!', 3),
      flush,
    ];
    expect(found(operations, ['dropped', 'kept'])).toEqual(new Set(['old!', 'new!']));
    expect(found([...operations, write('new'), flush])).toEqual(new Set(['new!']));
  });
});
