import { describe, expect, it } from '@jest/globals';
import { quietTerminal } from '../../../test/support/quiet-terminal.js';
import { Stage } from './stage.js';

/** A stage that nobody watches, at a time that only the test moves on. */
function aStage(): { stage: Stage; said: string[]; at: (seconds: number) => void } {
  const said: string[] = [];
  const terminal = quietTerminal({ say: (text) => void said.push(text) });
  let now = 0;
  const stage = new Stage(terminal, 'Copying', () => now);
  return { stage, said, at: (seconds) => void (now = seconds * 1_000) };
}

describe('a stage that nobody watches', () => {
  it('says that it begins, and every half minute how fast it is and what is left', () => {
    const { stage, said, at } = aStage();
    stage.show(1_000, 10_000);
    for (let second = 1; second <= 65; second += 1) {
      at(second);
      stage.show(1_000 + 100 * second, 10_000);
    }
    stage.end();
    expect(said).toEqual([
      'Copying …',
      'Copying: 4,000 of 10,000 events, 100 events/s, 1 min 0 s left',
      'Copying: 7,000 of 10,000 events, 100 events/s, 30 s left',
    ]);
  });

  it('says no time where nobody knows how much there is', () => {
    const { stage, said, at } = aStage();
    stage.show(0, undefined);
    at(40);
    stage.show(2_000, undefined);
    expect(said.at(-1)).toBe('Copying: 2,000 events, 50 events/s');
  });

  it('tells a trouble once, and again when something has worked in between', () => {
    const { stage, said } = aStage();
    stage.show(1, 10);
    for (let n = 0; n < 3; n += 1) stage.trouble('nobody is there');
    stage.show(2, 10);
    stage.trouble('nobody is there');
    expect(said.slice(1)).toEqual(Array.from({ length: 2 }, () => 'Copying: nobody is there; trying again'));
  });
});
