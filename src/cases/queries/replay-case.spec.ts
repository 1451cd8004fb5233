import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freshFile } from '../../../test/support/databases.js';
import { fact, id } from '../../../test/support/derived.js';
import { AUDITOR, CASEWORKER, ReadSide } from '../../../test/support/read-side.js';
import type { Fact } from '../domain/facts/facts.js';
import type { CaseReplay } from './replay-case.js';
import type { Viewer } from './viewer.js';

const COLLEAGUE: Viewer = { principalId: id('colle'), roles: ['caseworker'] };
const restricted = fact('CaseRestricted', { to: [CASEWORKER.principalId], reason: 'threats' });
const arrested = fact('Arrested', { detentionId: id('d1'), at: '2020-02-01' });
const sentenced = (label: string, days: number): Fact =>
  fact('Sentenced', { penaltyId: id(label), decisionId: id('x1'), days, at: '2020-02-02' });
const note = fact('NoteAdded', { text: 'seen' });

const types = ({ items }: CaseReplay): string[] => items.map(({ event }) => event.type);
const sentences = ({ items }: CaseReplay): (number | undefined)[] =>
  items.map((step) => step.case?.totals.sentences);

describe('a case replayed', () => {
  let side: ReadSide;
  /** Each on a day of its own. */
  const recordDaily = async (caseId: string, ...facts: Fact[]): Promise<string[]> => {
    const ids: string[] = [];
    for (const one of facts) {
      side.clock.forward(86_400);
      ids.push(...(await side.record(caseId, one)).eventIds);
    }
    return ids;
  };

  beforeEach(async () => {
    side = await ReadSide.start(freshFile);
  });
  afterEach(() => side.stop());

  it('has each event in its place, the case after it, and what it changed', async () => {
    const { caseId } = await side.open('One');
    await recordDaily(caseId, arrested, sentenced('s1', 15));
    const replay = await side.replay(caseId, { asOf: '2020-02-07' });
    expect(replay).toMatchObject({ caseId, mergedFrom: [], asOf: '2020-02-07', steps: 3, next: null });
    expect(types(replay)).toEqual(['CaseOpened', 'Arrested', 'Sentenced']);
    expect(replay.items.map((step) => step.case?.custody.status)).toEqual([
      'not_determinable',
      'in_custody_undecided',
      'in_custody_serving',
    ]);
    expect(replay.items.map((step) => step.case?.revision)).toEqual([0, 1, 2]);
    const [opened, , last] = replay.items;
    expect(opened?.changed).toContainEqual({ pointer: '/closed', after: false });
    expect(last?.changed).toEqual(
      expect.arrayContaining([
        { pointer: '/custody/status', before: 'in_custody_undecided', after: 'in_custody_serving' },
        { pointer: '/totals/daysImposed/gross/min', before: 0, after: 15 },
        { pointer: '/penalties/0', after: expect.objectContaining({ penaltyId: id('s1') }) },
      ]),
    );
  });

  it('has corrections and voids in their place, and says of what they change what became of it', async () => {
    const { caseId } = await side.open('One', arrested);
    const [sentence = ''] = await recordDaily(caseId, sentenced('s1', 15));
    const corrected = { ...sentenced('s1', 10).data };
    const [correction = '', voiding = ''] = await recordDaily(
      caseId,
      fact('EventCorrected', { eventId: sentence, data: corrected, reason: 'misread' }),
      fact('EventVoided', { eventId: sentence, reason: 'duplicate' }),
    );
    const { items } = await side.replay(caseId, { from: 2 });
    expect(items.map((step) => step.case?.totals.daysImposed.gross.min)).toEqual([15, 10, 0]);
    expect(items[0]?.event).toMatchObject({ correctedBy: correction, voidedBy: voiding });
    expect(items[1]).toMatchObject({ event: { type: 'EventCorrected', data: { eventId: sentence } } });
    expect(items[1]?.changed).toContainEqual({
      pointer: '/totals/daysImposed/gross/max',
      before: 15,
      after: 10,
    });
    expect(items[2]?.event.type).toBe('EventVoided');
    expect(items[2]?.changed).toContainEqual(expect.objectContaining({ pointer: '/penalties/0' }));
    expect(items[2]?.changed.find(({ pointer }) => pointer === '/penalties/0')).not.toHaveProperty('after');
  });

  it('comes in pages that say the same as the whole', async () => {
    const { caseId, eventIds } = await side.open(
      'One',
      arrested,
      sentenced('s1', 15),
      note,
      sentenced('s2', 7),
    );
    await side.record(caseId, fact('EventVoided', { eventId: eventIds[2] ?? '', reason: 'duplicate' }));
    const whole = await side.replay(caseId);
    const met: CaseReplay['items'] = [];
    let from: number | null = 0;
    while (from !== null) {
      const page: CaseReplay = await side.replay(caseId, { from, limit: 2 });
      expect(page.items.length).toBeLessThanOrEqual(2);
      met.push(...page.items);
      from = page.next;
    }
    expect(met).toEqual(whole.items);
    expect(met.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await side.replay(caseId, { from: 6 })).toMatchObject({ steps: 6, items: [], next: null });
  });

  it('has at most fifty steps on a page, twenty unless told', async () => {
    const { caseId } = await side.open('One', ...Array.from({ length: 60 }, () => note));
    expect((await side.replay(caseId)).items).toHaveLength(20);
    expect(await side.replay(caseId, { limit: 1_000 })).toMatchObject({ next: 50, steps: 61 });
  });

  it('has nothing personal for an auditor', async () => {
    const { caseId, eventIds } = await side.open('Canary', fact('NoteAdded', { text: 'Canary' }));
    const data = { text: 'Canary too' };
    await side.record(caseId, fact('EventCorrected', { eventId: eventIds[1] ?? '', data, reason: 'Canary' }));
    const replay = await side.replay(caseId, {}, AUDITOR);
    expect(replay).toMatchObject({ masked: true, steps: 3 });
    expect(replay.items.every((step) => step.case?.masked)).toBe(true);
    expect(JSON.stringify(replay)).not.toContain('Canary');
    expect(JSON.stringify(await side.replay(caseId))).toContain('Canary');
  });

  it('is not there for who may not know of it, as little as a case that is not', async () => {
    const { caseId } = await side.open('One', arrested, restricted);
    const hidden = { kind: 'absent', code: 'case-not-found' };
    await expect(side.replay(caseId, {}, COLLEAGUE)).rejects.toMatchObject(hidden);
    await expect(side.replay(id('nobody'))).rejects.toMatchObject(hidden);
    expect((await side.replay(caseId)).items).toHaveLength(3);
    expect(await side.replay(caseId, {}, AUDITOR)).toMatchObject({ masked: true });
  });

  it('is of no day that there is not', async () => {
    const { caseId } = await side.open('One');
    await expect(side.replay(caseId, { asOf: '2020-02-30' })).rejects.toMatchObject({
      kind: 'malformed',
      details: { errors: [{ pointer: '/query/asOf' }] },
    });
  });

  describe('that holds another one', () => {
    let loser: string;
    let survivor: string;
    beforeEach(async () => {
      loser = (await side.open('Loser')).caseId;
      await recordDaily(loser, sentenced('s1', 15));
      side.clock.forward(60);
      survivor = (await side.open('Survivor')).caseId;
      await recordDaily(survivor, sentenced('s2', 7));
      side.clock.forward(60);
    });

    it('has the facts of both in record order, and counts the other’s from the merge on', async () => {
      await side.merge(loser, survivor);
      for (const caseId of [loser, survivor]) {
        const replay = await side.replay(caseId);
        expect(replay).toMatchObject({ caseId: survivor, mergedFrom: [loser] });
        expect(replay.items.map(({ event }) => [event.type, event.caseId])).toEqual([
          ['CaseOpened', loser],
          ['Sentenced', loser],
          ['CaseOpened', survivor],
          ['Sentenced', survivor],
          ['CaseAbsorbed', survivor],
        ]);
        expect(sentences(replay)).toEqual([undefined, undefined, 0, 1, 2]);
        expect(replay.items[1]).toMatchObject({ case: null, changed: [] });
        expect(replay.items[4]?.changed).toContainEqual({ pointer: '/mergedFrom/0', after: loser });
      }
    });

    it('holds it from when the second half of the merge is there', async () => {
      const absorbed = fact('CaseAbsorbed', { caseId: loser, throughRevision: 1, reason: 'the same' });
      await side.record(survivor, absorbed);
      side.clock.forward(60);
      await side.record(survivor, note);
      expect(sentences(await side.replay(survivor))).toEqual([0, 1, 1, 1]);
      side.clock.forward(60);
      await side.record(loser, fact('CaseMerged', { intoCaseId: survivor, reason: 'the same' }));
      const mended = side.clock.now().toISOString();
      side.clock.forward(60);
      await side.record(survivor, note);
      const replay = await side.replay(survivor, { from: 4 });
      expect(types(replay)).toEqual(['CaseAbsorbed', 'NoteAdded', 'NoteAdded']);
      expect(sentences(replay)).toEqual([1, 2, 2]);
      expect(replay.items[1]?.case?.knownAt).toBe(mended);
    });

    it('and parted from it has what it held in between, for who may see that', async () => {
      await side.merge(loser, survivor);
      side.clock.forward(60);
      await side.unmerge(loser, survivor);
      side.clock.forward(60);
      expect(sentences(await side.replay(survivor))).toEqual([0, 1, 2, 1]);
      const ofLoser = await side.replay(loser);
      expect(types(ofLoser)).toEqual(['CaseOpened', 'Sentenced', 'CaseMerged', 'CaseUnmerged']);
      expect(ofLoser.items.map((step) => step.case?.caseId)).toEqual([loser, loser, survivor, loser]);
      expect(sentences(ofLoser)).toEqual([0, 1, 2, 1]);

      await side.record(loser, restricted);
      expect(sentences(await side.replay(survivor))).toEqual([0, 1, 2, 1]);
      const forColleague = await side.replay(survivor, {}, COLLEAGUE);
      expect(sentences(forColleague)).toEqual([0, 1, undefined, 1]);
      expect(JSON.stringify(forColleague)).not.toContain('Loser');
    });
  });
});
