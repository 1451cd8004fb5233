import { expect, it } from '@jest/globals';
import { opened, type Breakage } from './story.js';

/** A test for each way to break the register: the checker finds no fault before, and that one afterwards. */
export function eachIsFoundOut(breakages: readonly Breakage[]): void {
  it.each(breakages)('a register that %s is found out', (_, happens, fault) => {
    const story = opened();
    expect(story.faults).toEqual([]);
    happens(story);
    expect(story.faults).toContain(fault);
  });
}
