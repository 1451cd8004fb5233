import { expect, it } from '@jest/globals';
import { StartRefused } from './config.js';
import { openDatabase } from './database/sqlite.js';
import { connect } from './event-store/sqlite/connection.js';
import { refusalIn } from './refusal.js';

const thrown = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work();
  } catch (error) {
    return error;
  }
};

it('what the start refuses is told in its own words', () => {
  expect(refusalIn(new StartRefused(['a', 'b']))).toEqual(['a', 'b']);
});

it('a store that is not as durable as it was told to be is refused like any other fault, whoever opened it', async () => {
  // A database in memory keeps neither log nor journal on any disk.
  const store = await thrown(() => connect(':memory:', { access: 'write', durability: 'full', walBytes: 0 }));
  expect(refusalIn(store)).toEqual([
    expect.stringMatching(/^HABEAS_DATA: the event store has journal_mode memory/),
  ]);
  const secrets = openDatabase(':memory:', { durability: 'secret' });
  const opening = await thrown(() => secrets.introspection.getTables());
  expect(refusalIn(new Error('the tables could not be made', { cause: opening }))).toEqual([
    expect.stringMatching(/^HABEAS_DATA: the database runs with journal_mode=memory/),
  ]);
});

it('any other failure is none', () => {
  expect(refusalIn(new Error('away', { cause: new Error('gone') }))).toBeUndefined();
  expect(refusalIn('odd')).toBeUndefined();
});
