import { describe, expect, it } from '@jest/globals';
import type { RecordedFact } from '../../src/cases/domain/facts/facts.js';
import { docketOf } from '../../src/cases/domain/timeline/docket.js';
import type { Filters } from '../../src/reports/content/content.js';
import type { Cell, Figures, Question } from '../../src/reports/figures/figures.js';
import { sheetOf } from '../../src/reports/figures/sheet-of.js';
import type { Sheet } from '../../src/reports/figures/sheet.js';
import { LAW } from '../support/derived.js';
import { seededRandom } from '../support/random.js';
import { dayOf, showDay, type Day } from '../support/oracle/days.js';
import { tallied } from '../support/reports/asking.js';
import { tellerOf, type CaseTold } from '../support/reports/oracle/case-told.js';
import { figuresTold } from '../support/reports/oracle/figures-told.js';
import type { Told } from '../support/reports/oracle/ledger-of-figures.js';
import {
  CAMPAIGNS,
  PROVISIONS,
  referenceSet,
  REGIONS,
  REGISTER,
  ROLES_GIVEN,
} from '../support/reports/reference-set.js';

const QUESTIONS = 1000;
const MINUTES = 300_000;

/** Days and instants that the questions are drawn from: what is worked out for one serves the others. */
const DAYS: readonly Day[] = [
  dayOf(2019, 11, 5),
  dayOf(2019, 11, 14),
  dayOf(2019, 11, 20),
  dayOf(2019, 12, 1),
  dayOf(2019, 12, 31),
  dayOf(2020, 1, 31),
  dayOf(2020, 3, 1),
  dayOf(2020, 4, 20),
];
const INSTANTS = ['2019-11-03', '2020-01-02', '2020-01-20', '2020-04-05', '2026-01-01'];

interface ReferenceCase {
  caseId: string;
  /** Undefined if nothing had been recorded by then. */
  sheet: (asOf: Day, knownAt: string) => Sheet | undefined;
  told: (asOf: Day, knownAt: string) => CaseTold | undefined;
}

function memoised<Key, T>(work: (key: Key) => T): (key: Key) => T {
  const done = new Map<Key, T>();
  return (key) => {
    if (!done.has(key)) done.set(key, work(key));
    return done.get(key)!;
  };
}

function referenceCase(caseId: string, facts: readonly RecordedFact[]): ReferenceCase {
  // Instants before and after which the same was known give the same answers.
  const byCount = memoised((count: number) => {
    const known = facts.slice(0, count);
    const docket = docketOf(caseId, known, LAW);
    const settled = sheetOf(docket, LAW);
    return {
      sheet: memoised((asOf: Day) => (settled.settledFrom <= asOf ? settled : sheetOf(docket, LAW, asOf))),
      told: memoised(tellerOf(caseId, known, DAYS.at(-1)!)),
    };
  });
  const at = (knownAt: string) => {
    const count = facts.filter(({ recordedAt }) => recordedAt <= knownAt).length;
    return count === 0 ? undefined : byCount(count);
  };
  return {
    caseId,
    sheet: (asOf, knownAt) => at(knownAt)?.sheet(asOf),
    told: (asOf, knownAt) => at(knownAt)?.told(asOf),
  };
}

const files = referenceSet();
const cases = [...files].map(([caseId, facts]) => referenceCase(caseId, facts));
const random = seededRandom(1000);
const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

function randomFilters(): Filters {
  const maybe = <T>(share: number, draw: () => T): T | undefined => (random() < share ? draw() : undefined);
  const start = dayOf(2019, 10, 25) + Math.floor(random() * 120);
  const drawn = {
    from: maybe(0.4, () => showDay(start)!),
    to: maybe(0.4, () => showDay(start + Math.floor(random() * 70))!),
    campaignId: maybe(0.25, () => one(CAMPAIGNS)),
    family: maybe(0.15, () => one(['mass_events', 'disobedience', 'BY-CoAO-2003/21.14'])),
    article: maybe(0.15, () => one([...PROVISIONS.map(({ article }) => article), 'BY-CoAO-2021/24.23'])),
    region: maybe(0.2, () => one(REGIONS)),
    role: maybe(0.2, () => one(ROLES_GIVEN)),
    caseId: maybe(0.05, () => one(cases).caseId),
  };
  return Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
}

/** What is worked out of others, or is a word, is tested by itself. */
const DERIVED = /^(call_state|documented_beside_estimate|estimate_gap|files_missing|missing)/;

/** The cells as the oracle writes them; where nobody is behind one there is nothing to say. */
function plain({ cells }: Figures): Record<string, Told> {
  const written = Object.entries(cells).filter(([key, { n }]) => n !== 0 && !DERIVED.test(key));
  return Object.fromEntries(
    written.map(([key, { value, n, uncertain = 0 }]) => [
      key,
      { value: plainValue(value), n: n!, uncertain },
    ]),
  );
}

function plainValue(value: Cell['value']): Told['value'] {
  if (value.kind === 'range') return { min: value.min, max: value.max };
  return 'value' in value ? value.value : value.kind;
}

describe('figures over a reference set', () => {
  it('is made of at least 500 cases, with all that makes figures hard', () => {
    expect(cases.length).toBeGreaterThanOrEqual(500);
    const types = new Set([...files.values()].flat().map(({ type }) => type));
    for (const type of [
      'EventCorrected',
      'EventVoided',
      'SourceCited',
      'DiedInCustody',
      'FineWithdrawn',
    ] as const) {
      expect(types).toContain(type);
    }
    const merged = [...files.values()].filter((facts) => new Set(facts.map(({ caseId }) => caseId)).size > 1);
    expect(merged.length).toBeGreaterThanOrEqual(40);
  });

  it('would not be, with one person left out', () => {
    const [asOf, knownAt] = [DAYS.at(-1)!, INSTANTS.at(-1)!];
    const question: Question = { asOf, filters: {}, register: REGISTER, days: 30 };
    const sheets = cases.slice(0, 50).flatMap(({ sheet }) => sheet(asOf, knownAt) ?? []);
    const told = cases.slice(0, 50).flatMap((each) => each.told(asOf, knownAt) ?? []);
    const expected = Object.fromEntries(figuresTold(told, { ...question, days: 30 }));
    expect(plain(tallied(sheets, question))).toEqual(expected);
    expect(plain(tallied(sheets.slice(1), question))).not.toEqual(expected);
  });

  it(
    `are what the oracle works out slowly, for ${QUESTIONS} random filters, days and known-at times`,
    () => {
      let [cellsSeen, emptyAnswers] = [0, 0];
      for (let i = 0; i < QUESTIONS; i++) {
        const asked = { asOf: one(DAYS), knownAt: one(INSTANTS), filters: i < 40 ? {} : randomFilters() };
        const { asOf, knownAt, filters } = asked;
        const question: Question = { asOf, filters, register: REGISTER, days: 30 };
        const sheets = cases.flatMap(({ sheet }) => sheet(asOf, knownAt) ?? []);
        const told = cases.flatMap((each) => each.told(asOf, knownAt) ?? []);
        const expected = Object.fromEntries(figuresTold(told, { ...question, days: 30 }));
        expect({ asked, ...plain(tallied(sheets, question)) }).toEqual({ asked, ...expected });
        cellsSeen += Object.keys(expected).length;
        if (Object.keys(expected).length === 0) emptyAnswers += 1;
      }
      // Filters that leave nothing over would make for an easy test.
      expect(cellsSeen).toBeGreaterThan(QUESTIONS * 30);
      expect(emptyAnswers).toBeLessThan(QUESTIONS / 4);
    },
    MINUTES,
  );
});
