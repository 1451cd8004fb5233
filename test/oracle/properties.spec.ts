import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, formatDay, type Day } from '../../src/cases/domain/dates/day.js';
import type { RecordedFact } from '../../src/cases/domain/facts/facts.js';
import { inRecordOrder, isCorrecting, voidedEvents } from '../../src/cases/domain/file/facts-in-force.js';
import { answerOn, derive, read, type DerivedCase } from '../../src/cases/domain/timeline/derive.js';
import { docketOf } from '../../src/cases/domain/timeline/docket.js';
import { spansOf, type Span } from '../../src/cases/domain/timeline/spans.js';
import { CASE_ID, LAW, day } from '../support/derived.js';
import { histories, questions } from '../support/oracle/arbitraries.js';

const RUNS = { numRuns: 1_000 };
const MINUTES = 300_000;

const derived = (facts: readonly RecordedFact[], asOf: Day): DerivedCase =>
  derive(docketOf(CASE_ID, facts, LAW), asOf, LAW);

/** Everything but the order in which lists happen to stand. */
function figures({ custody, totals, findings, closed }: DerivedCase): object {
  return {
    closed,
    totals,
    custody: { ...custody, decidedBy: [...custody.decidedBy].sort() },
    findings: findings.map((finding) => ({ ...finding, events: [...finding.events].sort() })),
  };
}

/** What stands of it as it was recorded, nothing corrected. */
function uncorrected(facts: readonly RecordedFact[]): RecordedFact[] {
  const voided = voidedEvents(facts);
  return facts.filter((fact) => !isCorrecting(fact) && !voided.has(fact.eventId));
}

describe('whatever has been recorded', () => {
  it(
    'no more is served than is to be served, and no more of it than was spent in custody',
    () => {
      fc.assert(
        fc.property(questions, ({ facts, asOf }) => {
          const { totals } = derived(facts, day(asOf));
          const { daysServed, daysOutstanding, daysToServe, daysImposed, daysInCustody } = totals;
          expect(daysServed.min).toBeGreaterThanOrEqual(0);
          expect(daysOutstanding.min).toBeGreaterThanOrEqual(0);
          expect(daysServed.max).toBeLessThanOrEqual(daysToServe.max!);
          expect(daysToServe.max).toBeLessThanOrEqual(daysImposed.net.max!);
          expect(daysServed.max).toBeLessThanOrEqual(daysInCustody.max ?? Infinity);
          expect(daysServed.min).toBeLessThanOrEqual(daysInCustody.min);
          for (const one of [daysServed, daysOutstanding, daysToServe, daysInCustody]) {
            expect(one.min).toBeLessThanOrEqual(one.max ?? Infinity);
          }
          // The smaller of one pairs with the larger of the other, world by world.
          const sums = [daysServed.min + daysOutstanding.max!, daysServed.max! + daysOutstanding.min];
          const exact = daysServed.min === daysServed.max && daysOutstanding.min === daysOutstanding.max;
          if (exact) expect(sums).toEqual([daysToServe.max, daysToServe.max]);
        }),
        RUNS,
      );
    },
    MINUTES,
  );

  it(
    'the order of recording changes no figure',
    () => {
      fc.assert(
        fc.property(questions, fc.infiniteStream(fc.nat()), ({ facts, asOf }, chance) => {
          // What corrects must come after what it corrects, and undated facts hang on the day of their recording.
          const plain = uncorrected(facts).map((fact) => ({
            ...fact,
            recordedAt: '2026-01-01T00:00:00.000Z',
          }));
          const shuffled = plain
            .map((fact) => ({ fact, place: chance.next().value as number }))
            .sort((a, b) => a.place - b.place)
            .map(({ fact }, revision) => ({ ...fact, revision }));
          expect(figures(derived(shuffled, day(asOf)))).toEqual(figures(derived(plain, day(asOf))));
        }),
        RUNS,
      );
    },
    MINUTES,
  );

  it(
    'a voided fact is as if it had never been recorded, and is still seen at an earlier known-at',
    () => {
      fc.assert(
        fc.property(questions, fc.nat(), ({ facts, asOf }, n) => {
          const plain = uncorrected(facts);
          const voided = plain[1 + (n % Math.max(1, plain.length - 1))];
          if (!voided || voided.type === 'CaseOpened') return;
          const last = plain.at(-1)!;
          const voiding: RecordedFact = {
            type: 'EventVoided',
            data: { eventId: voided.eventId, reason: 'entered_in_error' },
            eventId: 'b0000000-0000-4000-8000-000000000001',
            caseId: last.caseId,
            revision: last.revision + 1,
            recordedAt: last.recordedAt,
            recordedBy: last.recordedBy,
          };
          const without = plain.filter((fact) => fact !== voided);
          expect(figures(derived([...plain, voiding], day(asOf)))).toEqual(
            figures(derived(without, day(asOf))),
          );

          const unvoiding: RecordedFact = {
            ...voiding,
            data: { eventId: voiding.eventId, reason: 'entered_in_error' },
            eventId: 'b0000000-0000-4000-8000-000000000002',
            revision: last.revision + 2,
          };
          expect(figures(derived([...plain, voiding, unvoiding], day(asOf)))).toEqual(
            figures(derived(plain, day(asOf))),
          );
        }),
        RUNS,
      );
    },
    MINUTES,
  );

  it(
    'merging reads both files as one, and unmerging changes nothing',
    () => {
      fc.assert(
        fc.property(questions, histories, ({ facts, asOf }, theirs) => {
          const loser = theirs.map((fact) => inOtherCase(fact));
          const merged = inRecordOrder([...facts, ...loser]);
          const together = derived(merged, day(asOf));
          // Whichever of the two survives, the figures are those of both.
          const other = derive(docketOf('other', merged, LAW), day(asOf), LAW);
          expect(together.totals).toEqual(other.totals);
          expect(together.totals.sentences).toBe(
            derived(facts, day(asOf)).totals.sentences + derived(loser, day(asOf)).totals.sentences,
          );
          const parted = merged.filter(({ caseId }) => caseId === facts[0]!.caseId);
          expect(derived(parted, day(asOf))).toEqual(derived(facts, day(asOf)));
        }),
        RUNS,
      );
    },
    MINUTES,
  );

  it(
    'the days of each month sum to the days of the whole',
    () => {
      fc.assert(
        fc.property(questions, ({ facts, asOf }) => {
          const reading = read(docketOf(CASE_ID, facts, LAW), LAW);
          const until = day(asOf);
          const custody = (on: Day): number => answerOn(reading, on).totals.daysInCustody.min;
          // Custody of closed detentions, so that what is counted up to a day is not taken back on a later one.
          const firsts = Array.from({ length: 12 }, (_, i) => dayOf(2020, 1 + i, 1)).filter(
            (first) => first > until,
          );
          const ends = [until, ...firsts];
          const byMonth = ends.slice(1).map((end, i) => custody(end) - custody(ends[i]!));
          expect(byMonth.reduce((sum, days) => sum + days, custody(until))).toBe(custody(ends.at(-1)!));
        }),
        RUNS,
      );
    },
    MINUTES,
  );
});

interface SaidOnADay extends Pick<DerivedCase['custody'], 'status' | 'possible' | 'expectedRelease'> {
  findings: string[];
}

const covering =
  (on: Day) =>
  ({ from, to }: Span): boolean =>
    (from ?? -Infinity) <= on && on < (to ?? Infinity);

function saidBySpan({ status, wideStatus, findings, expectedRelease: expected }: Span): SaidOnADay {
  const written = (end: Day | null): string | null => (end === null ? null : formatDay(end));
  return {
    status,
    possible: [...new Set([status, wideStatus])],
    findings: [...findings],
    expectedRelease: expected && { earliest: written(expected.earliest), latest: written(expected.latest) },
  };
}

function saidByAnswer({
  custody: { status, possible, expectedRelease },
  findings,
}: Pick<DerivedCase, 'custody' | 'findings'>): SaidOnADay {
  return { status, possible, findings: findings.map(({ code }) => code), expectedRelease };
}

describe('the spans of a case', () => {
  it(
    'say on every day what the derivation says',
    () => {
      fc.assert(
        fc.property(histories, fc.infiniteStream(fc.integer({ min: -3, max: 40 })), (facts, chance) => {
          const docket = docketOf(CASE_ID, facts, LAW);
          const reading = read(docket, LAW);
          const spans = spansOf(docket, LAW);
          expect(spans[0]!.from).toBeNull();
          expect(spans.at(-1)!.to).toBeNull();
          const found: [string, SaidOnADay[]][] = [];
          const derivedThen: [string, SaidOnADay[]][] = [];
          let on = dayOf(2019, 10, 25);
          for (let i = 0; i < 40; i++) {
            found.push([formatDay(on), spans.filter(covering(on)).map(saidBySpan)]);
            derivedThen.push([formatDay(on), [saidByAnswer(answerOn(reading, on))]]);
            on += 1 + (Math.max(0, chance.next().value as number) % 6);
          }
          // All days in one comparison: it is the comparing that takes long.
          expect(found).toEqual(derivedThen);
        }),
        RUNS,
      );
    },
    MINUTES,
  );
});

function inOtherCase(fact: RecordedFact): RecordedFact {
  const moved = JSON.stringify(fact).replaceAll(/"([0-9a-f]{8})-0000-4000-8000-/g, '"$1-0000-4000-9000-');
  return { ...(JSON.parse(moved) as RecordedFact), caseId: 'other' };
}
