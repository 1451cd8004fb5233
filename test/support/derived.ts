import { derive, type DerivedCase } from '../../src/cases/domain/timeline/derive.js';
import { docketOf, type Docket } from '../../src/cases/domain/timeline/docket.js';
import { parseDay, type Day } from '../../src/cases/domain/dates/day.js';
import type { Fact, FactType, RecordedFact } from '../../src/cases/domain/facts/facts.js';
import { LawBook } from '../../src/cases/law-book.js';

export const LAW = LawBook.of('BY').law;
export const CASE_ID = 'c0000000-0000-4000-8000-000000000001';

/** Who recorded the facts that are given. */
export const RECORDER = 'b0000000-0000-4000-8000-000000000001';

/** An id that is easy to read in a failing test: `id('d1')`. */
export const id = (label: string): string =>
  `a0000000-0000-4000-8000-${Buffer.from(label).toString('hex').padStart(12, '0').slice(-12)}`;

export const fact = <T extends FactType>(type: T, data: Extract<Fact, { type: T }>['data']): Fact =>
  ({ type, data }) as Fact;

/** Facts as they would come back from a store that recorded them one a second, from a day long after. */
export function recorded(facts: readonly Fact[], from = '2026-01-01T00:00:00.000Z'): RecordedFact[] {
  return facts.map((one, i) => ({
    ...one,
    eventId: id(`e${i}`),
    caseId: CASE_ID,
    revision: i,
    recordedAt: new Date(Date.parse(from) + i * 1000).toISOString(),
    recordedBy: RECORDER,
  }));
}

/** `order`: the places in `facts` in the order of recording; a fact has the same event id in any order. */
export const docket = (
  facts: readonly Fact[],
  order: readonly number[] = facts.map((_, place) => place),
): Docket =>
  docketOf(
    CASE_ID,
    recorded(order.map((place) => facts[place]!)).map((one, i) => ({ ...one, eventId: id(`e${order[i]}`) })),
    LAW,
  );

export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new Error(`${text} is not a day`);
  return parsed;
}

export const derivedOn = (asOf: string, facts: readonly Fact[], order?: readonly number[]): DerivedCase =>
  derive(docket(facts, order), day(asOf), LAW);

export const findingCodes = (asOf: string, facts: readonly Fact[]): string[] =>
  derivedOn(asOf, facts).findings.map(({ code }) => code);
