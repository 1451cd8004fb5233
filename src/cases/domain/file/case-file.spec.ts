import { describe, expect, it } from '@jest/globals';
import { CASE_ID, fact, id, recorded } from '../../../../test/support/derived.js';
import { OPENED } from '../../../../test/support/given-when-then.js';
import type { RecordedFact } from '../facts/facts.js';
import { evolve, fold, without } from './case-file.js';

const arrested = fact('Arrested', { detentionId: id('d1'), at: '2020-01-01' });
const otherCase = id('case2');

/** Facts of another case, as they stand in its stream. */
const elsewhere = (facts: RecordedFact[], caseId = otherCase): RecordedFact[] =>
  facts.map((one) => ({ ...one, caseId, eventId: one.eventId.replace('a0', 'b0') }));

describe('the file of a case', () => {
  it('is empty before anything is recorded', () => {
    const file = fold([]);
    expect(file).toMatchObject({ caseId: undefined, revision: -1, opened: false, closed: false });
    expect(file.mergedInto).toBeUndefined();
  });

  it('is the same, read at once or fact by fact', () => {
    const facts = recorded([OPENED, arrested, fact('CaseClosed', { reason: 'done' })]);
    const { of: _, ...atOnce } = fold(facts);
    expect(facts.reduce(evolve, fold([]))).toMatchObject(atOnce);
    expect(atOnce).toMatchObject({ caseId: CASE_ID, revision: 2, opened: true, closed: true });
  });

  it('is open again after its reopening, and when its closing is voided', () => {
    const closed = [OPENED, fact('CaseClosed', { reason: 'done' })];
    const reopened = [...closed, fact('CaseReopened', { reason: 'news' })];
    const voided = [...closed, fact('EventVoided', { eventId: id('e1'), reason: 'entered_in_error' })];
    expect(fold(recorded(closed)).closed).toBe(true);
    expect(fold(recorded(reopened)).closed).toBe(false);
    expect(fold(recorded(voided)).closed).toBe(false);
  });

  it('knows which ids are in use, and that a voided fact has freed its own', () => {
    const facts = [OPENED, arrested];
    expect(fold(recorded(facts)).idsInUse).toEqual(new Set([id('d1')]));
    const voided = fact('EventVoided', { eventId: id('e1'), reason: 'duplicate' });
    expect(fold(recorded([...facts, voided])).idsInUse).toEqual(new Set());
  });

  it('can be read without one of its facts', () => {
    const file = without(fold(recorded([OPENED, arrested])), id('e1'));
    expect(file).toMatchObject({ opened: true, idsInUse: new Set(), inForce: [{ type: 'CaseOpened' }] });
    expect(file.of('Arrested')).toEqual([]);
  });

  it('says which case it is merged into, until it is parted again', () => {
    const merged = [OPENED, fact('CaseMerged', { intoCaseId: otherCase, reason: 'same person' })];
    const parted = [...merged, fact('CaseUnmerged', { fromCaseId: otherCase, reason: 'two people' })];
    expect(fold(recorded(merged)).mergedInto).toBe(otherCase);
    expect(fold(recorded(parted)).mergedInto).toBeUndefined();
  });
});

describe('the file of a case that absorbed another', () => {
  const absorbed = fact('CaseAbsorbed', { caseId: otherCase, throughRevision: 2, reason: 'same person' });
  const theirs = elsewhere(recorded([OPENED, arrested, fact('CaseClosed', { reason: 'done' })]));
  const ours = recorded([OPENED, absorbed], '2026-01-02T00:00:00.000Z');

  it('holds the facts of both', () => {
    const file = fold([...theirs, ...ours]);
    expect([...file.absorbed]).toEqual([otherCase]);
    expect(file.of('Arrested')).toHaveLength(1);
  });

  it('is opened, closed and counted by its own stream', () => {
    expect(fold([...theirs, ...ours])).toMatchObject({ caseId: CASE_ID, revision: 1, closed: false });
  });

  it('is its own again once the other was released and took it in', () => {
    const released = fact('CaseReleasedFromMerge', { caseId: otherCase, reason: 'two people' });
    const takingIn = fact('CaseAbsorbed', { caseId: CASE_ID, throughRevision: 2, reason: 'after all' });
    const back = elsewhere(recorded([takingIn], '2026-01-03T00:00:00.000Z')).map((one) => ({
      ...one,
      revision: 3,
      eventId: id('last'),
    }));
    const file = fold([
      ...theirs,
      ...recorded([OPENED, absorbed, released], '2026-01-02T00:00:00.000Z'),
      ...back,
    ]);
    expect(file).toMatchObject({ caseId: otherCase, revision: 3 });
  });
});
