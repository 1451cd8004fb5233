import { describe, expect, it } from '@jest/globals';
import { DECISION, opened, REFUSED } from './story.js';

describe('a register that does one thing after the other', () => {
  it('has no faults', () => {
    const story = opened();
    story.records('won', { ifRevision: 2 });
    story.journal.end(story.sends('lost', { ifRevision: 2 }), REFUSED);
    story.records('decided', { size: 2 }, DECISION);
    story.looks(5, 1, { atLeast: 5 });
    expect(story.faults).toEqual([]);
  });

  it('may carry out at any moment what is on its way', () => {
    const story = opened();
    const [sent, early, late] = [story.sends('x'), story.reads(), story.reads('Cay')];
    story.sees(early);
    story.stores('x');
    story.sees(late);
    story.acknowledges(sent);
    expect(story.faults).toEqual([]);
  });

  it('may have carried out what nobody was told of, or not', () => {
    const story = opened();
    story.sends('carried out');
    story.stores('carried out');
    story.sends('never arrived');
    expect(story.faults).toEqual([]);
  });

  it('answers a repeat as the first time, and one whose first answer was lost', () => {
    const story = opened();
    story.sends('x');
    story.stores('x');
    story.journal.end(story.sends('x'), { status: 503 });
    story.acknowledges(story.sends('x'), 3, { replayed: true });
    story.records('y');
    story.acknowledges(story.sends('y'), 4, { replayed: true });
    expect(story.faults).toEqual([]);
  });

  it('may show an older case, as long as it says so', () => {
    const story = opened();
    story.looks(0);
    story.looks(2, 0, { caller: 'Cay' });
    story.looks(1);
    expect(story.faults).toEqual([]);
  });
});
