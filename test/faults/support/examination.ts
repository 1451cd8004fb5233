import { expect } from '@jest/globals';
import type { Caseworker, HistoryEvent } from '../../support/caseworker.js';
import { derivedFrom } from '../../support/derivation.js';

interface Listed {
  caseId: string;
  custody: { status: string };
}

/** What the answers about a case must be, from what its streams hold. */
export interface Expected {
  caseId: string;
  revision: number;
  custody: { status: string };
}

export function expected(caseId: string, history: readonly HistoryEvent[], asOf: string): Expected {
  return { caseId, revision: history.length - 1, asOf, ...derivedFrom(caseId, history, asOf) } as Expected;
}

/** Sees that the case itself, the list and the list by status say what was derived. */
export async function seeAnswers(
  caseworker: Caseworker,
  cases: readonly Expected[],
  asOf: string,
): Promise<void> {
  for (const one of cases) {
    const { body } = await caseworker.get(`/v1/cases/${one.caseId}?asOf=${asOf}`);
    expect(body).toMatchObject(one);
  }
  const list = async (filter = ''): Promise<Listed[]> => {
    const { body } = await caseworker.get<{ items: Listed[]; next: null }>(
      `/v1/cases?asOf=${asOf}&limit=200${filter}`,
    );
    expect(body.next).toBeNull();
    return body.items;
  };
  const all = new Map((await list()).map((item) => [item.caseId, item]));
  for (const one of cases) expect(all.get(one.caseId)).toMatchObject(one);
  for (const status of new Set(cases.map(({ custody }) => custody.status))) {
    const found = new Set((await list(`&status=${status}`)).map(({ caseId }) => caseId));
    for (const { caseId, custody } of cases) expect(found.has(caseId)).toBe(custody.status === status);
  }
}
