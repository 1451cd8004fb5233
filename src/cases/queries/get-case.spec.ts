import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES } from '../../../test/support/databases.js';
import { fact, id } from '../../../test/support/derived.js';
import type { CaseTables } from '../read-models/case-tables.js';
import { AUDITOR, ReadSide } from '../../../test/support/read-side.js';

const arrested = (at: string) => fact('Arrested', { detentionId: id('d1'), at });
const released = (at: string) =>
  fact('Released', { detentionId: id('d1'), basis: 'unknown', conditional: false, at });

describe.each(DATABASES)('a case, on %s', (_, fresh) => {
  let side: ReadSide;

  beforeEach(async () => {
    side = await ReadSide.start(fresh);
  });
  afterEach(() => side.stop());

  it('is answered as of today, or of any other day', async () => {
    const { caseId } = await side.open('One', arrested('2020-02-01'), released('2020-02-03'));
    expect(await side.get(caseId)).toMatchObject({
      caseId,
      revision: 2,
      asOf: '2020-02-07',
      knownAt: '2020-02-07T12:00:00.000Z',
      closed: false,
      mergedFrom: [],
      person: { names: [{ form: 'One' }], roles: ['protester'] },
      custody: { status: 'at_liberty' },
      totals: { daysInCustody: { min: 2, max: 2 } },
    });
    expect((await side.get(caseId, { asOf: '2020-02-02' })).custody.status).toBe('in_custody_undecided');
  });

  it('is missing only if nothing is recorded of it: the read model may not have it yet', async () => {
    const { caseId } = await side.open('One');
    await side.caughtUp();
    await side.database
      .withTables<CaseTables>()
      .deleteFrom('cases_g1' as 'cases')
      .execute();
    await expect(side.get(caseId)).rejects.toMatchObject({ code: 'read-model-behind' });
    await expect(side.get(id('d1'))).rejects.toMatchObject({ code: 'case-not-found' });
  });

  it('is answered as it was known, whatever has been recorded since', async () => {
    const { caseId } = await side.open('One', arrested('2020-02-01'));
    side.clock.set('2020-02-08T12:00:00.000Z');
    await side.record(caseId, released('2020-02-03'));
    side.clock.set('2020-02-09T12:00:00.000Z');
    const known = await side.get(caseId, { asOf: '2020-02-07', knownAt: '2020-02-08T11:59:59.999Z' });
    expect(known).toMatchObject({ revision: 1, knownAt: '2020-02-08T11:59:59.999Z' });
    expect(known.custody.status).toBe('in_custody_undecided');
    const later = await side.get(caseId, { asOf: '2020-02-07', knownAt: '2020-02-08T12:00:00.000Z' });
    expect(later).toMatchObject({ revision: 2, custody: { status: 'at_liberty' } });
  });

  it('is not answered as known at an instant that is not settled yet', async () => {
    const { caseId } = await side.open('One');
    await expect(side.get(caseId, { knownAt: '2020-02-07T11:59:55.001Z' })).rejects.toMatchObject({
      kind: 'malformed',
      details: { errors: [{ pointer: '/query/knownAt' }] },
    });
    await expect(side.get(caseId, { knownAt: '2020-02-07T11:59:55.000Z' })).rejects.toMatchObject({
      kind: 'absent',
    });
  });

  it('is not there before it was opened, nor under an id that was never used', async () => {
    await side.open('One');
    await expect(side.get(id('nobody'))).rejects.toMatchObject({ kind: 'absent', code: 'case-not-found' });
  });

  it('reads its caller’s own write', async () => {
    const { caseId } = await side.open('One');
    const position = (await side.store.head()) ?? '';
    expect(await side.get(caseId, { minPosition: position })).toMatchObject({ position });
  });

  it('is answered without anything personal to an auditor, with the same figures', async () => {
    const canary = 'Canary';
    const { caseId } = await side.open(
      canary,
      fact('NameRecorded', { name: { form: canary } }),
      fact('Arrested', {
        detentionId: id('d1'),
        at: '2020-02-01',
        place: { region: 'BY-HM', detail: canary },
        authority: canary,
        facility: canary,
        sources: [{ citation: canary, kind: 'press', confidential: false }],
        remark: canary,
      }),
      fact('Charged', { proceedingId: id('q1'), allegedAct: canary, at: '2020-02-01' }),
      fact('HearingScheduled', { hearingId: id('h1'), proceedingId: id('q1'), court: canary, judge: canary }),
      fact('CounselDenied', { denialId: id('n1'), pretextText: canary, authority: canary, at: '2020-02-01' }),
    );
    const plain = await side.get(caseId);
    const masked = await side.get(caseId, {}, AUDITOR);
    expect(JSON.stringify(plain)).toContain(canary);
    expect(JSON.stringify(masked)).not.toContain(canary);
    expect(masked).toMatchObject({
      masked: true,
      custody: plain.custody,
      totals: plain.totals,
      findings: plain.findings,
      hearings: [{ hearingId: id('h1') }],
    });
    side.clock.forward(60);
    const known = await side.get(caseId, { knownAt: '2020-02-07T12:00:10.000Z' }, AUDITOR);
    expect(JSON.stringify(known)).not.toContain(canary);
  });
});

describe.each(DATABASES)('a case merged into another, on %s', (_, fresh) => {
  let side: ReadSide;
  let loser: string;
  let survivor: string;

  beforeEach(async () => {
    side = await ReadSide.start(fresh);
    loser = (await side.open('Loser', arrested('2020-02-01'))).caseId;
    survivor = (await side.open('Survivor')).caseId;
    side.clock.forward(3600);
    await side.merge(loser, survivor);
  });
  afterEach(() => side.stop());

  it('answers with the survivor, which has the facts of both', async () => {
    const answer = await side.get(loser);
    expect(answer).toMatchObject({ caseId: survivor, mergedFrom: [loser], totals: { arrests: 1 } });
    expect(answer.person.names.map(({ form }) => form).toSorted()).toEqual(['Loser', 'Survivor']);
    expect(await side.get(survivor)).toEqual(answer);
    expect(await side.listed()).toEqual([survivor]);
    expect(await side.listed({ name: 'Loser' })).toEqual([survivor]);
  });

  it('answers for itself as known before the merge', async () => {
    side.clock.forward(3600);
    const before = await side.get(loser, { knownAt: '2020-02-07T12:59:59.000Z' });
    expect(before).toMatchObject({ caseId: loser, mergedFrom: [] });
    const after = await side.get(loser, { knownAt: '2020-02-07T13:00:00.000Z' });
    expect(after).toMatchObject({ caseId: survivor, mergedFrom: [loser] });
  });

  it('answers for itself again when they are parted, as if they had never been one', async () => {
    await side.unmerge(loser, survivor);
    expect(await side.get(loser)).toMatchObject({ caseId: loser, mergedFrom: [], totals: { arrests: 1 } });
    expect(await side.get(survivor)).toMatchObject({
      caseId: survivor,
      mergedFrom: [],
      totals: { arrests: 0 },
    });
    expect((await side.listed()).toSorted()).toEqual([loser, survivor].toSorted());
  });

  it('answers with the last survivor of several merges, and with the one before when the last is undone', async () => {
    const last = (await side.open('Last')).caseId;
    await side.merge(survivor, last);
    const answer = await side.get(loser);
    expect(answer.caseId).toBe(last);
    expect(answer.mergedFrom.toSorted()).toEqual([loser, survivor].toSorted());
    expect(await side.get(survivor)).toEqual(answer);
    expect(await side.listed()).toEqual([last]);

    await side.unmerge(survivor, last);
    expect(await side.get(loser)).toMatchObject({ caseId: survivor, mergedFrom: [loser] });
    expect(await side.get(last)).toMatchObject({ caseId: last, mergedFrom: [], totals: { arrests: 0 } });
  });

  it('is rebuilt as it was', async () => {
    const before = [await side.get(loser), await side.listed()];
    await side.projections.requestRebuild('cases');
    await side.rebuilt();
    expect([await side.get(loser), await side.listed()]).toEqual(before);
  });
});
