import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DATABASES, type FreshDatabase } from '../../../test/support/databases.js';
import { fact, id } from '../../../test/support/derived.js';
import { ReadSide } from '../../../test/support/read-side.js';
import { CASES } from '../../cases/read-models/case-read-model.js';
import type { ProjectionTables } from '../../projections/tables.js';
import { RegisterBook } from '../../register/register-book.js';
import { CaseGathering } from './case-gathering.js';
import type { Draft, GatheringNews } from './gathering.js';
import type { RegisterState } from './report-question.js';

const NEWS: GatheringNews = { began: () => undefined, progress: () => undefined };

describe.each(DATABASES)('a report gathered from %s', (_, fresh) => {
  let place: FreshDatabase;
  let side: ReadSide;

  beforeAll(async () => {
    place = await fresh();
    side = await ReadSide.start(async () => place);
  });
  afterAll(() => side.stop());

  const gather = async (known: Partial<RegisterState> = {}, tell = NEWS): Promise<Draft> => {
    await side.caughtUp();
    const { store, histories, clock, reader } = side;
    const gathering = new CaseGathering({
      database: place.open<ProjectionTables>({ readOnly: true }),
      clock,
      book: new RegisterBook(store, reader),
      store,
      isStoreElsewhere: false,
      histories,
      law: side.book.law,
    });
    const asked = { report: 'monthly', asOf: '2020-02-07', filters: {}, audience: 'internal' } as const;
    return gathering.gather({ question: { ...asked, ...known } }, tell, new AbortController().signal);
  };

  const standAt = (position: string): Promise<unknown> =>
    side.database
      .updateTable('projection_generations')
      .set({ position })
      .where('projection', '=', CASES)
      .execute();

  it('is of the state that it says, also where rows have more than the read model stands for', async () => {
    const { caseId } = await side.open('One');
    const before = side.last;
    await side.open('Other');
    await side.record(caseId, fact('Arrested', { detentionId: id('d1'), at: '2020-02-05' }));
    const whole = await gather();
    expect(whole.position).toBe(side.last);

    // As between two batches: of a case that is met in the first, everything is read that there is by then.
    await standAt(before);
    const began: RegisterState[] = [];
    const draft = await gather({}, { ...NEWS, began: (state) => void began.push(state) });
    expect(draft.position).toBe(before);
    expect(draft.text).not.toBe(whole.text);
    const { knownAt, position } = draft;
    expect(began).toEqual([{ knownAt, position }]);
    expect(await gather({ knownAt, position })).toEqual(draft);
    expect((await gather({ position })).text).toBe(draft.text);
    await standAt(side.last);
  });

  it('looks once more for a moment in which no row is ahead', async () => {
    await side.caughtUp();
    const before = side.last;
    await side.open('Third');
    const whole = await gather();
    await standAt(before);
    // The instant is asked for at each look.
    const looks: Promise<unknown>[] = [];
    const now = side.clock.now.bind(side.clock);
    side.clock.now = () => {
      looks.push(standAt(side.last));
      return now();
    };
    const draft = await gather();
    await Promise.all(looks);
    expect(looks).toHaveLength(2);
    expect(draft).toEqual(whole);
  });
});
