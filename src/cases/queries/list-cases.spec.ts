import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES } from '../../../test/support/databases.js';
import { fact, id } from '../../../test/support/derived.js';
import { AUDITOR, ReadSide } from '../../../test/support/read-side.js';
import { writeCursor } from './list-cursor.js';

const arrested = (at: string) => fact('Arrested', { detentionId: id('d1'), at });
const sentenced = (at: string, days: number) =>
  fact('Sentenced', { penaltyId: id('p1'), decisionId: id('x1'), days, at });

describe.each(DATABASES)('a list of cases, on %s', (_, fresh) => {
  let side: ReadSide;

  beforeEach(async () => {
    side = await ReadSide.start(fresh);
  });
  afterEach(() => side.stop());

  it('has the newest change first', async () => {
    const one = await side.open('One');
    const two = await side.open('Two');
    expect(await side.listed()).toEqual([two.caseId, one.caseId]);
    await side.record(one.caseId, fact('NoteAdded', { text: 'seen' }));
    expect(await side.listed()).toEqual([one.caseId, two.caseId]);
  });

  it('follows the days with nothing recorded: a sentence ends, and the person is overdue', async () => {
    const { caseId } = await side.open('One', arrested('2020-02-01'), sentenced('2020-02-01', 10));
    expect(await side.listed({ status: 'in_custody_serving' })).toEqual([caseId]);
    side.clock.set('2020-02-11T23:59:59.000Z');
    expect(await side.listed({ status: 'in_custody_serving' })).toEqual([caseId]);
    side.clock.set('2020-02-12T00:00:00.000Z');
    expect(await side.listed({ status: 'in_custody_serving' })).toEqual([]);
    expect(await side.listed({ status: 'in_custody_overdue' })).toEqual([caseId]);
    expect(await side.listed({ status: 'in_custody_serving', asOf: '2020-02-05' })).toEqual([caseId]);
    expect(await side.listed({ status: 'not_determinable', asOf: '2019-12-31' })).toEqual([caseId]);
  });

  it('has the whole answer of each case, as of the day asked', async () => {
    const { caseId } = await side.open('One', arrested('2020-02-01'));
    const { items } = await side.list({ asOf: '2020-02-03' });
    expect(items).toEqual([await side.get(caseId, { asOf: '2020-02-03' })]);
    expect(items[0]).toMatchObject({ asOf: '2020-02-03', totals: { daysInCustody: { max: 2 } } });
  });

  it('can be narrowed by several things at once', async () => {
    const campaignId = id('march');
    const provision = { code: 'BY-CoAO-2003', article: '23.34' };
    const charged = fact('Charged', { proceedingId: id('q1'), provision, campaignId, at: '2020-01-27' });
    const one = await side.open('One', charged, fact('RoleRecorded', { role: 'journalist' }));
    const two = await side.open('Two', charged);
    await side.open('Three', fact('RoleRecorded', { role: 'journalist' }));
    expect(await side.listed({ campaignId })).toEqual([two.caseId, one.caseId]);
    expect(await side.listed({ article: '23.34' })).toEqual([two.caseId, one.caseId]);
    expect(await side.listed({ article: '23.34', role: 'journalist', campaignId })).toEqual([one.caseId]);
    expect(await side.listed({ article: '23.34', role: 'lawyer' })).toEqual([]);
    expect(await side.listed({ finding: 'unsourced', role: 'journalist', name: 'One' })).toEqual([
      one.caseId,
    ]);
    // Before the charge there was no article to ask for.
    expect(await side.listed({ article: '23.34', asOf: '2020-01-26' })).toEqual([]);
  });

  it('finds a name in every script and spelling, and only if one name has all of the words', async () => {
    const kazlou = await side.open('Dzmitry Kazlou');
    const other = await side.open(
      'Dzmitry Markelau',
      fact('NameRecorded', { name: { form: 'Pavel Kazlou' } }),
    );
    for (const name of ['Дмитрий Козлов', 'Зміцер Казлоў', 'Kazłoŭ Źmicier', 'dmitry kozlov']) {
      expect(await side.listed({ name })).toEqual([kazlou.caseId]);
    }
    expect(await side.listed({ name: 'Козлов' })).toEqual([other.caseId, kazlou.caseId]);
    expect(await side.listed({ name: '-' })).toEqual([]);
  });

  it('gives every case once over its pages, also when others change meanwhile', async () => {
    const opened: string[] = [];
    for (let n = 0; n < 9; n += 1) opened.push((await side.open(`Number ${n}`)).caseId);
    const met: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await side.list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      met.push(...items.map(({ caseId }) => caseId));
      await side.record(opened[8] ?? '', fact('NoteAdded', { text: 'more' }));
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    expect(met).toEqual(opened.toReversed());
  });

  it('keeps the day of its first page when midnight passes between two', async () => {
    const { caseId } = await side.open('One', arrested('2020-02-01'), sentenced('2020-02-01', 7));
    await side.open('Two', arrested('2020-02-01'), sentenced('2020-02-01', 7));
    const first = await side.list({ status: 'in_custody_serving', limit: 1 });
    side.clock.set('2020-02-09T00:00:01.000Z');
    const second = await side.list({ status: 'in_custody_serving', limit: 1, cursor: first.next ?? '' });
    expect(second.items).toMatchObject([{ caseId, asOf: '2020-02-07' }]);
    expect(second.next).toBeNull();
  });

  it.each([
    '',
    'abc',
    '!!!',
    Buffer.from('2020-02-07').toString('base64url'),
    `${writeCursor({ before: '1', day: 1 })}=`,
  ])('refuses %j as a cursor', async (cursor) => {
    await expect(side.list({ cursor })).rejects.toMatchObject({
      kind: 'malformed',
      details: { errors: [{ pointer: '/query/cursor' }] },
    });
  });

  it('never has more than two hundred on a page', async () => {
    for (let n = 0; n < 201; n += 1) await side.open(`Number ${n}`);
    const page = await side.list({ limit: 1_000 });
    expect(page.items).toHaveLength(200);
    expect(page.next).not.toBeNull();
  });

  it('has ids and codes for an auditor, and nothing personal', async () => {
    await side.open('Dzmitry Canary', fact('NoteAdded', { text: 'Canary' }));
    const { items } = await side.list({}, AUDITOR);
    expect(items).toMatchObject([{ masked: true, person: { names: [], roles: ['protester'] } }]);
    expect(JSON.stringify(items)).not.toContain('Canary');
  });

  it('is not narrowed by name for an auditor, found or not', async () => {
    await side.open('Dzmitry Canary');
    for (const name of ['Canary', 'Nobody']) {
      await expect(side.list({ name }, AUDITOR)).rejects.toMatchObject({
        kind: 'forbidden',
        code: 'name-filter-forbidden',
      });
    }
  });
});
