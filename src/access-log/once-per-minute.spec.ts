import { beforeEach, describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { OncePerMinute } from './once-per-minute.js';

describe('what is done once a minute', () => {
  let clock: FixedClock;
  let sparingly: OncePerMinute;
  let done: string[];
  beforeEach(() => {
    clock = new FixedClock('2026-11-22T08:00:00.000Z');
    sparingly = new OncePerMinute(clock);
    done = [];
  });
  const doFor = (key: string) =>
    sparingly.do(key, async () => {
      done.push(key);
    });

  it('is done once for each key, and again in another minute, be it an earlier one', async () => {
    await Promise.all([doFor('a'), doFor('a'), doFor('b')]);
    clock.forward(59);
    await doFor('a');
    expect(done).toEqual(['a', 'b']);
    clock.forward(1);
    await doFor('a');
    expect(done).toEqual(['a', 'b', 'a']);
    clock.forward(-60);
    await doFor('a');
    expect(done).toHaveLength(4);
  });

  it('is not told as done before it is, to nobody, and tried again if it failed', async () => {
    let fail: (error: Error) => void = () => undefined;
    const failing = () => new Promise<void>((_, reject) => (fail = reject));
    const both = Promise.allSettled([sparingly.do('a', failing), doFor('a')]);
    fail(new Error('no room'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(done).toEqual([]);
    await doFor('a');
    expect(done).toEqual(['a']);
  });
});
