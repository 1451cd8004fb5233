import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DATABASES } from '../../../test/support/databases.js';
import { fact, id } from '../../../test/support/derived.js';
import { CASEWORKER, ReadSide } from '../../../test/support/read-side.js';
import { FindSimilar, FindSimilarHandler } from './find-similar.js';

describe.each(DATABASES)('cases that may be of the same person, on %s', (_, fresh) => {
  let side: ReadSide;
  const similarTo = async (caseId: string, viewer = CASEWORKER) => {
    await side.caughtUp();
    return new FindSimilarHandler(side.cases, side.records, side.names, side.dockets, side.freshness).execute(
      new FindSimilar({ caseId, viewer, minPosition: side.last }),
    );
  };

  beforeEach(async () => {
    side = await ReadSide.start(fresh);
  });
  afterEach(() => side.stop());

  it('are proposed with the reason, the most alike first, and left as they are', async () => {
    const { caseId } = await side.open('Dzmitry Kazlou');
    const close = await side.open('Dzmitry Kazlouski');
    const same = await side.open('Зміцер Казлоў');
    await side.open('Piotr Markelau');
    const { items } = await similarTo(caseId);
    expect(items).toMatchObject([
      { caseId: same.caseId, score: 1, reasons: ['same_name', 'same_family_name', 'same_given_name'] },
      { caseId: close.caseId, reasons: ['close_family_name', 'same_given_name'] },
    ]);
    expect(await side.listed()).toHaveLength(4);
  });

  it('say whether the dates of birth agree, where both are known to the day', async () => {
    const born = (name: string, date?: string) =>
      side.record(
        randomUUID(),
        fact('CaseOpened', {
          person: { names: [{ form: name }], roles: ['protester'], ...(date ? { born: date } : {}) },
        }),
      );
    const { caseId } = await born('Dzmitry Kazlou', '1980-05-01');
    const same = await born('Dzmitry Kazlou', '1980-05-01');
    const other = await born('Dzmitry Kazlou', '1990-05-01');
    const unknown = await born('Dzmitry Kazlou', '1980');
    const { items } = await similarTo(caseId);
    const reasonOf = (id: string) => items.find((item) => item.caseId === id)?.reasons.at(-1);
    expect(reasonOf(same.caseId)).toBe('same_birth_date');
    expect(reasonOf(other.caseId)).toBe('different_birth_date');
    expect(reasonOf(unknown.caseId)).toBe('same_given_name');
  });

  it('are proposed however many others, more alike, are hidden from who asks', async () => {
    const others = fact('CaseRestricted', { to: [id('other')], reason: 'threats' });
    for (let n = 0; n < 301; n += 1) await side.open('Dzmitry Kazlou', others);
    const close = await side.open('Dzmitry Kazlouski');
    const { caseId } = await side.open('Dzmitry Kazlou');
    const { items } = await similarTo(caseId);
    expect(items.map((item) => item.caseId)).toEqual([close.caseId]);
  });

  it('are not looked for on behalf of a case that is not there', async () => {
    await side.open('One');
    await expect(similarTo(id('nobody'))).rejects.toMatchObject({ kind: 'absent' });
  });
});
