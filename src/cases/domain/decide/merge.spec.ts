import { describe, expect, it } from '@jest/globals';
import { fact, id, recorded } from '../../../../test/support/derived.js';
import { OPENED, outcomeOf } from '../../../../test/support/given-when-then.js';
import type { Fact } from '../facts/facts.js';
import { fold, type CaseFile } from '../file/case-file.js';
import { decideMerge, decideUnmerge } from './merge.js';

const [loser, survivor, third] = [id('loser'), id('survi'), id('third')];
const reason = 'same person';

const file = (caseId: string, ...facts: Fact[]): CaseFile =>
  fold(recorded([OPENED, ...facts]).map((one) => ({ ...one, caseId })));
const merged = (intoCaseId: string) => fact('CaseMerged', { intoCaseId, reason });
const closed = fact('CaseClosed', { reason: 'done' });
const restricted = (...to: string[]) => fact('CaseRestricted', { to: to.map(id), reason });
const requested = fact('ErasureRequested', { reason });
const started = fact('SubjectErasureStarted', { requestEventId: id('e1') });
const erased = fact('SubjectErased', {
  requestEventId: id('e1'),
  caseIds: [survivor],
  destroyedKeys: [],
  sealedEvents: 1,
  warnings: [],
});
const arrested = (label: string) => fact('Arrested', { detentionId: id(label) });

const merging = (from: CaseFile, into: CaseFile, intoCaseId = survivor) =>
  outcomeOf(() => decideMerge(from, into, { intoCaseId, reason }));
const unmerging = (from: CaseFile, into: CaseFile) =>
  outcomeOf(() => decideUnmerge(from, into, { reason: 'two people', at: '2020-02-01' }));

describe('merging one case into another', () => {
  it('is written into both, up to the last fact of the loser', () => {
    expect(merging(file(loser, arrested('d1')), file(survivor))).toEqual({
      absorbed: fact('CaseAbsorbed', { caseId: loser, throughRevision: 1, reason }),
      merged: merged(survivor),
    });
  });

  it('takes along what the loser has absorbed itself', () => {
    const chain = file(loser, fact('CaseAbsorbed', { caseId: third, throughRevision: 0, reason }));
    expect(merging(chain, file(survivor))).toMatchObject({ absorbed: { data: { throughRevision: 1 } } });
  });

  it.each([
    ['into itself', merging(file(loser), file(loser), loser), 'merged-into-itself'],
    ['of a merged case', merging(file(loser, merged(third)), file(survivor)), 'case-merged'],
    ['into a merged case', merging(file(loser), file(survivor, merged(third))), 'case-merged'],
    ['of a closed case', merging(file(loser, closed), file(survivor)), 'case-closed'],
    ['into a closed case', merging(file(loser), file(survivor, closed)), 'case-closed'],
    ['of a case that does not exist', merging(fold([]), file(survivor)), 'case-not-opened'],
    ['into a case that does not exist', merging(file(loser), fold([])), 'case-not-opened'],
    [
      'of a case with an erasure requested',
      merging(file(loser, requested), file(survivor)),
      'erasure-requested',
    ],
    [
      'into a case being erased',
      merging(file(loser), file(survivor, requested, started)),
      'erasure-under-way',
    ],
    ['of an erased case', merging(file(loser, requested, started, erased), file(survivor)), 'case-erased'],
    ['of a restricted case', merging(file(loser, restricted('p1')), file(survivor)), 'restrictions-differ'],
    ['into a restricted case', merging(file(loser), file(survivor, restricted('p1'))), 'restrictions-differ'],
    [
      'of cases restricted to others',
      merging(file(loser, restricted('p1')), file(survivor, restricted('p1', 'p2'))),
      'restrictions-differ',
    ],
    [
      'of cases that use one id for two things',
      merging(file(loser, arrested('d1')), file(survivor, arrested('d1'))),
      'id-already-used',
    ],
  ])('is refused %s', (_, outcome, code) => {
    expect(outcome).toMatchObject({ name: 'Refusal', kind: 'refused', code });
  });

  it('is taken of cases that are restricted to the same', () => {
    expect(
      merging(file(loser, restricted('p1', 'p2')), file(survivor, restricted('p2', 'p1'))),
    ).toHaveProperty('absorbed');
  });

  it('names the survivor of the case that is merged already', () => {
    expect(merging(file(loser, merged(third)), file(survivor))).toMatchObject({ extra: { survivor: third } });
  });

  it('is malformed without a reason', () => {
    expect(
      outcomeOf(() => decideMerge(file(loser), file(survivor), { intoCaseId: survivor, reason: '' })),
    ).toMatchObject({ kind: 'malformed', pointer: '/body/reason' });
  });
});

describe('unmerging', () => {
  const absorbed = fact('CaseAbsorbed', { caseId: loser, throughRevision: 0, reason });

  it('is written into both', () => {
    expect(unmerging(file(loser, merged(survivor)), file(survivor, absorbed))).toEqual({
      released: fact('CaseReleasedFromMerge', { caseId: loser, reason: 'two people', at: '2020-02-01' }),
      unmerged: fact('CaseUnmerged', { fromCaseId: survivor, reason: 'two people', at: '2020-02-01' }),
    });
  });

  it('leaves the parted case to those that the two were restricted to, until it says otherwise', () => {
    const restrictedTo = [id('p1')];
    const parted = unmerging(file(loser, merged(survivor)), file(survivor, absorbed, restricted('p1')));
    expect(parted).toMatchObject({
      released: { data: { restrictedTo } },
      unmerged: { data: { restrictedTo } },
    });

    const unmerged = fact('CaseUnmerged', { fromCaseId: survivor, reason, restrictedTo });
    expect(file(loser, merged(survivor), unmerged).readers).toEqual(restrictedTo);
    const open = fact('CaseUnmerged', { fromCaseId: survivor, reason });
    expect(file(loser, restricted('p2'), merged(survivor), open).readers).toBeUndefined();
    expect(file(loser, merged(survivor), unmerged, fact('CaseUnrestricted', {})).readers).toBeUndefined();
  });

  it.each([
    ['of a case that is not merged', unmerging(file(loser), file(survivor)), 'case-not-merged'],
    ['of one that is not merged, from none', unmerging(file(loser), fold([])), 'case-not-merged'],
    ['from another case', unmerging(file(loser, merged(third)), file(survivor)), 'case-not-merged'],
    [
      'from a case with an erasure requested',
      unmerging(file(loser, merged(survivor)), file(survivor, requested, absorbed)),
      'erasure-requested',
    ],
    [
      'from an erased case',
      unmerging(file(loser, merged(survivor)), file(survivor, requested, absorbed, started, erased)),
      'case-erased',
    ],
    [
      'from a case that is closed',
      unmerging(file(loser, merged(survivor)), file(survivor, absorbed, closed)),
      'case-closed',
    ],
    [
      'of a case that a restore has found erased within the other',
      unmerging(file(loser, merged(survivor), erased), file(survivor, absorbed)),
      'case-erased',
    ],
    [
      'from a case that is merged further, before that one is unmerged',
      unmerging(file(loser, merged(survivor)), file(survivor, absorbed, merged(third))),
      'case-merged',
    ],
  ])('is refused %s', (_, outcome, code) => {
    expect(outcome).toMatchObject({ name: 'Refusal', kind: 'refused', code });
  });
});
