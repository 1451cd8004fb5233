import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { knownEvent } from '../support/known-events.js';
import { faultsOf, type Told } from '../support/store-examination.js';

describe('the examination of a store after a fault', () => {
  let folder: string;
  const stored: Told = { outcome: 'stored', stream: 'case-a', revision: 2, ids: ['a', 'b', 'c'] };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'habeas-examination-'));
    const store = new SqliteEventStore({ folder });
    await store.append('case-a', ['a', 'b', 'c'].map(knownEvent), 'no_stream');
    await store.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  function meddle(sql: string): void {
    const db = new DatabaseSync(join(folder, 'events.db'), { defensive: false });
    db.exec(sql);
    db.close();
  }

  it('finds nothing wrong where nothing is', async () => {
    expect(await faultsOf(folder, [stored])).toEqual([]);
  });

  it.each([
    { what: 'lost', sql: `DELETE FROM events WHERE event_id = 'c'`, fault: 'lost: c' },
    { what: 'moved', sql: `UPDATE events SET revision = 9 WHERE event_id = 'c'`, fault: 'moved: c' },
    { what: 'altered', sql: `UPDATE events SET payload = '{}' WHERE event_id = 'b'`, fault: 'altered: b' },
    {
      what: 'torn out of its stream',
      sql: `DELETE FROM events WHERE event_id = 'b'`,
      fault: 'a gap before: c',
    },
  ])('sees what was $what', async ({ sql, fault }) => {
    meddle(sql);
    expect(await faultsOf(folder, [stored])).toContain(fault);
  });

  it('sees what is there although it was refused', async () => {
    const refused: Told = { outcome: 'refused', why: 'storage-full', ids: ['b'] };
    expect(await faultsOf(folder, [refused])).toEqual(['refused, but there: b']);
  });

  it('sees an index that does not agree with its table', async () => {
    meddle(`PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'streams')
      WHERE name = 'proofs_of_writing'`);
    expect(await faultsOf(folder, [stored])).not.toEqual([]);
  });
});
