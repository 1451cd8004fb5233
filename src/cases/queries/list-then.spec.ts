import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES } from '../../../test/support/databases.js';
import { fact, id } from '../../../test/support/derived.js';
import { AUDITOR, CASEWORKER, ReadSide } from '../../../test/support/read-side.js';
import { writeCursor } from './list-cursor.js';
import type { ListCases } from './list-cases.js';
import type { Viewer } from './viewer.js';

const COLLEAGUE: Viewer = { principalId: id('colle'), roles: ['caseworker'] };
const arrested = fact('Arrested', { detentionId: id('d1'), at: '2020-02-01' });
const lawyer = fact('RoleRecorded', { role: 'lawyer' });

describe.each(DATABASES)('the cases as they were known, on %s', (_, fresh) => {
  let side: ReadSide;
  beforeEach(async () => {
    side = await ReadSide.start(fresh);
  });
  afterEach(() => side.stop());

  /** Gives the instant up to now, and lets an hour pass. */
  const mark = (): string => {
    const instant = side.clock.now().toISOString();
    side.clock.forward(3_600);
    return instant;
  };
  const listedAt = async (
    knownAt: string,
    asked: Omit<ListCases['asked'], 'viewer'> = {},
    viewer = CASEWORKER,
  ): Promise<(string | undefined)[]> =>
    (await side.list({ ...asked, knownAt }, viewer)).items.map((item) => item.person.names[0]?.form);

  it('are those that had been opened, the last first, each as it was', async () => {
    const one = await side.open('One');
    await side.open('Two');
    const before = mark();
    await side.record(one.caseId, arrested, lawyer);
    await side.open('Three');
    const after = mark();
    expect(await listedAt(before)).toEqual(['Two', 'One']);
    expect(await listedAt(after)).toEqual(['Three', 'Two', 'One']);
    expect(await listedAt('2019-01-01T00:00:00Z')).toEqual([]);
    const [, known] = (await side.list({ knownAt: before, asOf: '2020-02-07' })).items;
    expect(known).toMatchObject({ revision: 0, knownAt: before, custody: { status: 'not_determinable' } });
    for (const asked of [{ role: 'lawyer' }, { status: 'in_custody_undecided' }] as const) {
      expect(await listedAt(before, asked)).toEqual([]);
      expect(await listedAt(after, asked)).toEqual(['One']);
    }
  });

  it('answer for themselves as long as they were not merged', async () => {
    const loser = await side.open('Loser', lawyer);
    const survivor = await side.open('Survivor');
    const apart = mark();
    await side.merge(loser.caseId, survivor.caseId);
    const together = mark();
    await side.unmerge(loser.caseId, survivor.caseId);
    const parted = mark();
    const known = (at: string) => side.list({ knownAt: at, role: 'lawyer' });
    expect((await known(apart)).items.map(({ caseId }) => caseId)).toEqual([loser.caseId]);
    expect((await known(together)).items).toMatchObject([
      { caseId: survivor.caseId, mergedFrom: [loser.caseId] },
    ]);
    expect((await known(parted)).items.map(({ caseId }) => caseId)).toEqual([loser.caseId]);
  });

  it('are found by the names they went by then', async () => {
    const { caseId } = await side.open('Dzmitry Kazlou');
    const before = mark();
    await side.record(caseId, fact('NameRecorded', { name: { form: 'Ales Krutkin' } }));
    const after = mark();
    expect(await listedAt(before, { name: 'Козлов' })).toEqual(['Dzmitry Kazlou']);
    expect(await listedAt(before, { name: 'Krutkin' })).toEqual([]);
    expect(await listedAt(after, { name: 'Krutkin' })).toEqual(['Dzmitry Kazlou']);
    const refused = side.list({ knownAt: before, name: 'Kazlou' }, AUDITOR);
    await expect(refused).rejects.toMatchObject({ code: 'name-filter-forbidden' });
  });

  it('that are restricted today were never there for others, and have no person for auditors', async () => {
    const { caseId } = await side.open('One');
    await side.open('Two');
    const before = mark();
    await side.record(caseId, fact('CaseRestricted', { to: [CASEWORKER.principalId], reason: 'threats' }));
    mark();
    expect(await listedAt(before)).toEqual(['Two', 'One']);
    expect(await listedAt(before, {}, COLLEAGUE)).toEqual(['Two']);
    expect(await listedAt(before, { name: 'One' }, COLLEAGUE)).toEqual([]);
    const page = await side.list({ knownAt: before }, AUDITOR);
    expect(page.items).toMatchObject([{ masked: true }, { masked: true }]);
    expect(JSON.stringify(page)).not.toContain('Two');
  });

  it('come in pages without a gap and without a repeat, whatever changes meanwhile', async () => {
    const opened: string[] = [];
    for (let n = 0; n < 9; n += 1) opened.push((await side.open(`Number ${n}`)).caseId);
    const knownAt = mark();
    const met: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await side.list({ knownAt, limit: 2, ...(cursor && { cursor }) });
      met.push(...page.items.map(({ caseId }) => caseId));
      await side.record(opened[8] ?? '', lawyer);
      await side.open('One more');
      cursor = page.next;
    }
    expect(met).toEqual(opened.toReversed());
  });

  it('are not told at an instant that is not settled, nor with a cursor of another', async () => {
    await side.open('One');
    const refusal = (pointer: string) => ({ kind: 'malformed', details: { errors: [{ pointer }] } });
    const unsettled = side.clock.now().toISOString();
    await expect(side.list({ knownAt: unsettled })).rejects.toMatchObject(refusal('/query/knownAt'));
    const knownAt = mark();
    const cursors = [
      writeCursor({ before: '1', day: 1 }),
      writeCursor({ before: '1', day: 1, knownAt: '2020-02-07T12:00:00.001Z' }),
    ];
    for (const cursor of cursors)
      await expect(side.list({ knownAt, cursor })).rejects.toMatchObject(refusal('/query/cursor'));
    await expect(side.list({ cursor: cursors[1]! })).rejects.toMatchObject(refusal('/query/cursor'));
  });
});

it('cases as they were known are looked for among a thousand for a page, which may be short and tells where to go on', async () => {
  const side = await ReadSide.start();
  await side.open('First', lawyer);
  for (let n = 0; n < 1_000; n += 1) await side.open('Other');
  const knownAt = side.clock.now().toISOString();
  side.clock.forward(60);
  const asked = { knownAt, role: 'lawyer' } as const;
  const first = await side.list(asked, AUDITOR);
  expect(first.items).toEqual([]);
  const second = await side.list({ ...asked, cursor: first.next ?? '' }, AUDITOR);
  expect(second).toMatchObject({ items: [{ person: { roles: ['protester', 'lawyer'] } }], next: null });
  await side.stop();
});
