import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DATABASES, type FreshDatabase } from '../../../test/support/databases.js';
import { day, fact, id, LAW } from '../../../test/support/derived.js';
import { histories } from '../../../test/support/oracle/arbitraries.js';
import { ReadSide } from '../../../test/support/read-side.js';
import { DAYS, stories } from '../../../test/support/stories.js';
import { Telling } from '../../../test/support/telling.js';
import type { KnownBy } from '../../cases/case-history.js';
import type { RecordedFact } from '../../cases/domain/facts/facts.js';
import { docketOf } from '../../cases/domain/timeline/docket.js';
import { CaseSnapshot } from '../../cases/read-models/case-snapshot.js';
import type { ProjectionTables } from '../../projections/tables.js';
import { sheetOf } from '../figures/sheet-of.js';
import type { Sheet } from '../figures/sheet.js';
import { sheetsThen } from './sheets-then.js';
import { sheetsToday } from './sheets-today.js';

const { signal } = new AbortController();
const STORIES = 12;
const MOVES = 12;

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...page);
  return found;
}

/** As they are, in an order of their own. */
const spelled = (sheets: readonly Sheet[]): string[] =>
  sheets.map((sheet) => JSON.stringify(sheet)).toSorted();

it('the sheet of a case is plain JSON', () => {
  fc.assert(
    fc.property(histories, (recorded) => {
      const [{ caseId }] = recorded as [RecordedFact];
      const sheet = sheetOf(docketOf(caseId, recorded, LAW), LAW);
      expect(JSON.parse(JSON.stringify(sheet))).toEqual(sheet);
    }),
  );
});

describe.each(DATABASES)('the sheets of all cases, on %s', (_, fresh) => {
  let place: FreshDatabase;
  let side: ReadSide;

  beforeAll(async () => {
    place = await fresh();
    side = await ReadSide.start(async () => place);
  });
  afterAll(() => side.stop());

  /** With a connection of its own, as a report has it. */
  const snapshot = <T>(read: (snapshot: CaseSnapshot) => Promise<T>): Promise<T> =>
    CaseSnapshot.take(place.open<ProjectionTables>({ readOnly: true }), read);

  const today = async (asOf: string): Promise<string[]> => {
    await side.caughtUp();
    return snapshot(async (taken) =>
      spelled(await all(sheetsToday(taken, { day: day(asOf), law: LAW, signal }))),
    );
  };

  const then = async (asOf: string, known: KnownBy, isStoreElsewhere = false): Promise<string[]> => {
    await side.caughtUp();
    const { store, histories: read } = side;
    const caseIds = await snapshot((taken) => taken.openedBy(known));
    const cases = { caseIds, events: 0, known, day: day(asOf), signal };
    const parts = { store, isStoreElsewhere, histories: read, law: LAW };
    const found: Sheet[] = [];
    for await (const { sheets } of sheetsThen(parts, cases)) found.push(...sheets);
    return spelled(found);
  };

  it('of today are, for ever, those of the store as of where it stood, and as of when', async () => {
    const seen: { asOf: string; known: KnownBy; sheets: string[] }[] = [];
    for (const moves of fc.sample(stories(MOVES), { numRuns: STORIES, seed: 7 })) {
      const telling = new Telling(side);
      for (const move of [...moves, { kind: 'wait', seconds: 10 } as const]) {
        await telling.move(move);
        if (move.kind !== 'wait') continue;
        const asOf = DAYS[seen.length % DAYS.length]!;
        const known = { position: side.last, knownAt: side.clock.now().toISOString() };
        seen.push({ asOf, known, sheets: await today(asOf) });
        side.clock.forward(10);
      }
    }
    expect(seen.at(-1)?.sheets.length).toBeGreaterThan(STORIES);
    for (const { asOf, known, sheets } of seen) {
      expect(await then(asOf, known)).toEqual(sheets);
      expect(await then(asOf, { position: known.position })).toEqual(sheets);
      expect(await then(asOf, { knownAt: known.knownAt })).toEqual(sheets);
    }
    // Read at once it comes to the same.
    const { asOf, known, sheets } = seen.at(-2)!;
    expect(await then(asOf, known, true)).toEqual(sheets);
  }, 60_000);

  it('are one for each person: of cases that are merged, the survivor’s, as long as they were', async () => {
    const one = await side.open('One', fact('Arrested', { detentionId: id('d1'), at: '2020-01-05' }));
    const other = await side.open('Other');
    const before = side.last;
    await side.merge(one.caseId, other.caseId);
    const merged = side.last;
    await side.unmerge(one.caseId, other.caseId);
    const idsAt = async (position: string): Promise<string[]> =>
      (await then('2020-02-07', { position }))
        .map((sheet) => (JSON.parse(sheet) as Sheet).caseId)
        .filter((caseId) => [one.caseId, other.caseId].includes(caseId));
    expect(await idsAt(before)).toHaveLength(2);
    expect(await idsAt(merged)).toEqual([other.caseId]);
    expect(await idsAt(side.last)).toHaveLength(2);
  });

  it('are not told while one of them cannot be read', async () => {
    await side.caughtUp();
    const row = {
      id: id('parked'),
      projection: 'cases',
      generation: 1,
      key: id('case'),
      position: side.last,
      code: 'internal-error',
      message: '',
      attempts: 1,
      first_seen: '',
      last_seen: '',
      retry_at: '9999',
    };
    await side.database.insertInto('parked').values(row).execute();
    await expect(today('2020-02-07')).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'cases-unreadable',
    });
    await side.database.deleteFrom('parked').execute();
  });
});
