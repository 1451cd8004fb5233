import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES } from '../../../test/support/databases.js';
import { fact, id } from '../../../test/support/derived.js';
import { AUDITOR, CASEWORKER, ReadSide } from '../../../test/support/read-side.js';
import { GetCaseHistory, GetCaseHistoryHandler } from './get-case-history.js';

describe.each(DATABASES)('the history of a case, on %s', (_, fresh) => {
  let side: ReadSide;
  const historyOf = (caseId: string, viewer = CASEWORKER) =>
    new GetCaseHistoryHandler(side.histories, side.unsealing).execute(new GetCaseHistory({ caseId, viewer }));

  beforeEach(async () => {
    side = await ReadSide.start(fresh);
  });
  afterEach(() => side.stop());

  it('has every event with its envelope, as it was recorded', async () => {
    const { caseId, eventIds } = await side.open('One', fact('NoteAdded', { text: 'seen' }));
    const { items, ...rest } = await historyOf(caseId);
    expect(rest).toEqual({ caseId, mergedFrom: [] });
    expect(items).toHaveLength(2);
    expect(items[1]).toEqual({
      eventId: eventIds[1],
      type: 'NoteAdded',
      caseId,
      revision: 1,
      position: expect.any(String),
      schemaVersion: 1,
      recordedAt: '2020-02-07T12:00:00.000Z',
      recordedBy: 'p',
      correlationId: 'c',
      causationId: 'k',
      data: { text: 'seen' },
    });
  });

  it('marks what was corrected and voided, and takes the mark back with the void of the void', async () => {
    const { caseId, eventIds } = await side.open(
      'One',
      fact('NoteAdded', { text: 'a' }),
      fact('NoteAdded', { text: 'b' }),
    );
    const [, first = '', second = ''] = eventIds;
    const marking = await side.record(
      caseId,
      fact('EventCorrected', { eventId: first, data: { text: 'A' }, reason: 'misread' }),
      fact('EventVoided', { eventId: second, reason: 'duplicate' }),
    );
    const [correction = '', voiding = ''] = marking.eventIds;
    const marks = async () =>
      (await historyOf(caseId)).items
        .slice(1, 3)
        .map(({ correctedBy, voidedBy }) => ({ correctedBy, voidedBy }));
    expect(await marks()).toEqual([
      { correctedBy: correction, voidedBy: undefined },
      { correctedBy: undefined, voidedBy: voiding },
    ]);

    await side.record(
      caseId,
      fact('EventVoided', { eventId: voiding, reason: 'entered_in_error' }),
      fact('EventVoided', { eventId: correction, reason: 'entered_in_error' }),
    );
    expect(await marks()).toEqual([{}, {}]);
  });

  it('of a merged case is that of both, each event with the case it stands in', async () => {
    const loser = await side.open('Loser');
    side.clock.forward(1);
    const survivor = await side.open('Survivor');
    side.clock.forward(1);
    await side.merge(loser.caseId, survivor.caseId);
    const { caseId, mergedFrom, items } = await historyOf(loser.caseId);
    expect({ caseId, mergedFrom }).toEqual({ caseId: survivor.caseId, mergedFrom: [loser.caseId] });
    expect(items.map((item) => [item.type, item.caseId])).toEqual([
      ['CaseOpened', loser.caseId],
      ['CaseOpened', survivor.caseId],
      ['CaseAbsorbed', survivor.caseId],
    ]);
  });

  it('has nothing personal for an auditor, a correction’s new words included', async () => {
    const { caseId, eventIds } = await side.open(
      'Canary',
      fact('NoteAdded', { text: 'Canary', at: '2020-01-01' }),
    );
    const data = { text: 'Canary', at: '2020-01-02' };
    await side.record(caseId, fact('EventCorrected', { eventId: eventIds[1] ?? '', data, reason: 'Canary' }));
    const history = await historyOf(caseId, AUDITOR);
    expect(JSON.stringify(history)).not.toContain('Canary');
    expect(history).toMatchObject({
      masked: true,
      items: [
        {},
        { data: { at: '2020-01-01' } },
        { data: { eventId: eventIds[1], data: { at: '2020-01-02' } } },
      ],
    });
  });

  it('is not there for a case that is not', async () => {
    await expect(historyOf(id('nobody'))).rejects.toMatchObject({ kind: 'absent', code: 'case-not-found' });
  });
});
