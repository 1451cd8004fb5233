import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OutcomeUnknown, StoreFull, StoreUnavailable } from '../../../src/event-store/errors.js';
import { SqliteEventStore } from '../../../src/event-store/sqlite/sqlite-event-store.js';
import { knownEvent } from '../../support/known-events.js';
import type { Told } from '../../support/store-examination.js';

/**
 * Appends events whose content is known beforehand, as a careful caller would: what is refused it offers again under new
 * ids, what is in doubt under the same. Whatever it is told it writes down at once, in a file beside the store. Begins new
 * streams with each `run`. It ends by closing the store, or leaves without (`abandon`), or dies of the first failure (`die`).
 */
const [folder = '', durability = '', run = '', ending = ''] = process.argv.slice(2);
const answers = openSync(join(folder, 'answers'), 'a');
const store = new SqliteEventStore({
  folder,
  durability: durability === 'normal' ? 'normal' : 'full',
  walPages: 40,
});

function note(told: Told): void {
  writeSync(answers, `${JSON.stringify(told)}\n`);
}

async function writer(name: string, appends: number): Promise<void> {
  const stream = `case-${run}-${name}`;
  let revision: number | undefined;
  for (let append = 0; append < appends; append += 1) {
    const before = revision;
    for (let offer = 0; revision === before; offer += 1) {
      const ids = Array.from(
        { length: 1 + (append % 3) },
        (_, index) => `${stream}-${append}-${offer}-${index}`,
      );
      revision = (await offered(stream, ids, before)) ?? before;
    }
  }
}

/** The revision reached; undefined if the offer was refused and is not in the store. */
async function offered(
  stream: string,
  ids: string[],
  expected: number | undefined,
): Promise<number | undefined> {
  for (let inDoubt = false; ; await pause(25)) {
    try {
      const { revision } = await store.append(stream, ids.map(knownEvent), expected ?? 'no_stream');
      note({ outcome: 'stored', stream, revision, ids });
      return revision;
    } catch (error) {
      if (ending === 'die') process.exit(0);
      if (error instanceof OutcomeUnknown) {
        inDoubt = true;
        note({ outcome: 'unknown', ids });
      } else if (!(error instanceof StoreUnavailable || error instanceof StoreFull)) {
        throw error;
      } else if (!inDoubt) {
        note({ outcome: 'refused', why: error.code, ids });
        const stored = await store.read(stream);
        if (stored.some(({ eventId }) => ids.includes(eventId)))
          throw new Error('refused, and yet stored', { cause: error });
        await pause(25);
        return undefined;
      }
    }
  }
}

await Promise.all(Array.from({ length: 6 }, (_, index) => writer(`writer${index}`, 12)));
await writer('alone', 20);
if (ending === 'close') await store.close();
process.exit(0);
