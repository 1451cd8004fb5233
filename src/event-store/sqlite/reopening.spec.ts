import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../errors.js';
import type { AppendResult } from '../event-store.js';
import { Acknowledged } from './acknowledged.js';
import { Append } from './append.js';
import { toPosition, toRow } from './position.js';
import { reopen } from './reopening.js';
import { openSession, type SessionOptions } from './session.js';
import { SqliteEventStore } from './sqlite-event-store.js';

const OPTIONS: SessionOptions = { access: 'write', durability: 'full', walPages: 1_000 };

describe('re-opening the store after a fault', () => {
  let folder: string;
  let file: string;
  let last: AppendResult;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'habeas-reopening-'));
    file = join(folder, 'events.db');
    const store = new SqliteEventStore({ folder });
    for (let count = 0; count < 100; count += 1)
      last = await store.append(`case-${count}`, [event(`e${count}`)], 'no_stream');
    await store.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  function event(eventId: string) {
    return { eventId, type: 'NoteAdded', payload: `{"text":"${'x'.repeat(500)}"}`, metadata: '{}' };
  }

  function acknowledged(count: number): Acknowledged {
    const all = new Acknowledged();
    all.add(toRow(last.position), count);
    return all;
  }

  it('succeeds on a sound file that holds what was acknowledged', async () => {
    const { session } = await reopen(file, OPTIONS, acknowledged(100), []);
    expect(session.reader.head()).toBe(toRow(last.position));
    session.db.close();
  });

  it('finds out which appends in doubt are stored', async () => {
    const answers: unknown[] = [];
    const caller = { resolve: (result: AppendResult) => answers.push(result), reject: () => undefined };
    const append = (id: string) =>
      new Append(
        { stream: `case-${id}`, events: [event(id)], expected: 'no_stream' },
        new Acknowledged(),
        caller,
      );
    const [there, gone] = [append('there'), append('gone')];
    const before = openSession(file, OPTIONS);
    for (const [work, end] of [
      [there, 'COMMIT'],
      [gone, 'ROLLBACK'],
    ] as const) {
      before.db.exec('BEGIN');
      if (before.writing) work.run(before.writing.writer);
      before.db.exec(end);
    }
    before.db.close();

    const { session, stored } = await reopen(file, OPTIONS, acknowledged(100), [there, gone]);
    session.db.close();
    expect([...stored]).toEqual([there]);
    there.settle();
    expect(answers).toEqual([
      { revision: 0, position: toPosition(toRow(last.position) + 1), alreadyStored: false },
    ]);
  });

  it('refuses a file in which something acknowledged is missing', async () => {
    const all = acknowledged(100);
    all.add(toRow(last.position) + 1, 1);
    await expect(reopen(file, OPTIONS, all, [])).rejects.toThrow('lost 1 acknowledged');
  });

  it('refuses a damaged file', async () => {
    const handle = await open(file, 'r+');
    await handle.write(Buffer.alloc(3_000, 0xa5), 0, 3_000, 8 * 4_096 + 500);
    await handle.close();
    await expect(reopen(file, OPTIONS, acknowledged(100), [])).rejects.toThrow(StoreUnavailable);
  });
});
