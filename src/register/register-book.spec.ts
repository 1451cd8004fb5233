import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { ledgerOn, readerOn } from '../../test/support/ledgers.js';
import { RegisterBook } from './register-book.js';

const at = (second: number): string => new Date(Date.UTC(2020, 1, 8, 9, 0, second)).toISOString();

/** A store in which a campaign is defined, or something of a case recorded, one after the other, one a second. */
function aStore() {
  const store = new InMemoryEventStore();
  const ledger = ledgerOn(store);
  let made = 0;
  const record = (stream: string, type: string, data: Record<string, unknown>) => {
    made += 1;
    const envelope = { recordedAt: at(made), recordedBy: 'p', correlationId: 'c', causationId: 'c' };
    return ledger.append(stream, [{ eventId: `e${made}`, type, data }], envelope, 'no_stream');
  };
  return {
    store,
    define: (name: string) => record(`campaign-${name}`, 'CampaignDefined', { name, period: '2020' }),
    open: (name: string) => record(`case-${name}`, 'CaseOpened', {}),
  };
}

const bookOn = (store: InMemoryEventStore) => new RegisterBook(store, readerOn(store));
const namesIn = async (book: RegisterBook, moment = {}) =>
  (await book.load(moment)).campaigns.map(({ name }) => name);

describe('the book of the register', () => {
  it('is empty where nothing is recorded, and has what is recorded later', async () => {
    const { store, define } = aStore();
    const book = bookOn(store);
    expect(await book.load()).toEqual({ campaigns: [], estimates: [], recommendations: [] });
    await define('autumn');
    expect(await namesIn(book)).toEqual(['autumn']);
  });

  it('has everything once, whenever and by however many it was asked, and nothing of the cases', async () => {
    const steps = fc.array(fc.constantFrom('define', 'open', 'ask', 'ask at once'), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(steps, async (deeds) => {
        const { store, define, open } = aStore();
        const book = bookOn(store);
        const names: string[] = [];
        const asked: Promise<string[]>[] = [];
        for (const [n, deed] of deeds.entries()) {
          if (deed === 'define') {
            await define(`${n}`);
            names.push(`${n}`);
          } else if (deed === 'open') await open(`${n}`);
          else if (deed === 'ask') expect(await namesIn(book)).toEqual(names);
          else {
            const before = [...names];
            const [one, other] = [namesIn(book), namesIn(book)];
            asked.push(one, other);
            expect((await one).slice(0, before.length)).toEqual(before);
          }
        }
        await Promise.all(asked);
        expect(await namesIn(book)).toEqual(names);
        expect(await namesIn(bookOn(store))).toEqual(names);
      }),
    );
  });

  it('is what was known at an instant, or stood at a position, or both', async () => {
    const { store, define, open } = aStore();
    await define('first');
    const { position } = await open('somebody');
    await define('second');
    await define('third');
    const book = bookOn(store);
    expect(await namesIn(book, { position })).toEqual(['first']);
    expect(await namesIn(book, { knownAt: at(0) })).toEqual([]);
    expect(await namesIn(book, { knownAt: at(3) })).toEqual(['first', 'second']);
    expect(await namesIn(book, { knownAt: at(3), position })).toEqual(['first']);
    expect(await namesIn(book, { knownAt: '2020-02-08T12:00:04+03:00' })).toEqual([
      'first',
      'second',
      'third',
    ]);
  });

  it('does not look again through what it has looked through, though none of it was of the register', async () => {
    const { store, define, open } = aStore();
    await define('autumn');
    const { position } = await open('somebody');
    const from: (string | undefined)[] = [];
    const readAll = store.readAll.bind(store);
    store.readAll = (after, filter) => {
      from.push(after);
      return readAll(after, filter);
    };
    const book = bookOn(store);
    for (let n = 0; n < 2; n++) expect(await namesIn(book)).toEqual(['autumn']);
    expect(from).toEqual([undefined, position]);
  });

  it('is read once for all who ask meanwhile, and again after it could not be', async () => {
    const { store, define, open } = aStore();
    await define('autumn');
    await open('somebody');
    const from: (string | undefined)[] = [];
    let cut = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      const readAll = store.readAll.bind(store);
      store.readAll = async function* (after, filter) {
        from.push(after);
        if (from.length > 1) return yield* readAll(after, filter);
        await new Promise<void>((end) => {
          cut = end;
          resolve();
        });
        throw new Error('cut off');
      };
    });
    const book = bookOn(store);
    const first = expect(namesIn(book)).rejects.toThrow('cut off');
    await begun;
    const others = [namesIn(book), namesIn(book), namesIn(book)];
    cut();
    await first;
    expect(await Promise.all(others)).toEqual(others.map(() => ['autumn']));
    expect(from).toEqual([undefined, undefined]);
  });
});
