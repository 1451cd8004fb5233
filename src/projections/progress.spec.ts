import { describe, expect, it } from '@jest/globals';
import { Pace, progressOf } from './progress.js';

const row = { events: 250, events_expected: 1000, events_per_second: 50 };

describe('the progress of a rebuild', () => {
  it('reckons the time left from the rate so far', () => {
    expect(progressOf(row)).toEqual({ done: 250, total: 1000, eventsPerSecond: 50, secondsLeft: 15 });
  });

  it('says nothing of the time left before there is a rate', () => {
    expect(progressOf({ ...row, events_per_second: null }).secondsLeft).toBeNull();
    expect(progressOf({ ...row, events_expected: null }).secondsLeft).toBeNull();
  });

  it('never has more done than there is to do, though facts keep coming', () => {
    expect(progressOf({ ...row, events: 1200 })).toMatchObject({ total: 1200, secondsLeft: 0 });
  });

  it('counts only what was done since this process began', () => {
    const pace = new Pace(new Date(0));
    expect(pace.count(100, new Date(0))).toBeNull();
    expect(pace.count(100, new Date(4000))).toBe(50);
  });
});
