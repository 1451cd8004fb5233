import { describe, expect, it } from '@jest/globals';
import { table } from './table.js';

describe('a table', () => {
  it('has rules around its heads and at its end, and as much room as its cells need', () => {
    expect(
      table(
        [{ title: 'Key' }, { title: 'Uses', right: true }],
        [
          ['first', '7'],
          ['second', '12'],
        ],
      ),
    ).toBe(
      ['────────────', 'Key     Uses', '────────────', 'first      7', 'second    12', '────────────'].join(
        '\n',
      ),
    );
  });

  it('breaks heads and cells at their spaces where a width is given', () => {
    const drawn = table(
      [
        { title: 'Days imposed', width: 7, right: true },
        { title: 'Findings', width: 10 },
      ],
      [
        ['15', 'counsel denied'],
        ['30', ''],
      ],
      { spaced: true },
    );
    expect(drawn.split('\n')).toEqual([
      '─'.repeat(17),
      '   Days  Findings',
      'imposed',
      '─'.repeat(17),
      '     15  counsel',
      '         denied',
      '',
      '     30',
      '─'.repeat(17),
    ]);
  });

  it('has heads even without a row', () => {
    expect(table([{ title: 'Key' }], [])).toBe(['───', 'Key', '───', '───'].join('\n'));
  });
});
