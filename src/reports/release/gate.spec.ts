import { describe, expect, it } from '@jest/globals';
import { issueAll } from '../../../test/support/release/issuing.js';
import { learnedFrom } from '../../../test/support/release/reader.js';
import { withheldAmong } from './gate.js';

describe('the gate before print', () => {
  it.each([1])('lets nothing be worked out of 1 to 4 persons, whatever is asked (%i)', (seed) => {
    let t = Date.now();
    const { published, large } = issueAll(seed, 30, 96, (q) => {
      const t = Date.now();
      const w = withheldAmong(q);
      process.stderr.write(
        q.cells.length + ' ' + q.earlier.length + ' ' + w.size + ' ' + (Date.now() - t) + 'ms\n',
      );
      return w;
    });
    console.log(seed, published.length, large, Date.now() - t);
    t = Date.now();
    expect(learnedFrom(published)).toEqual([]);
    console.log('attack', Date.now() - t);
  });
});
