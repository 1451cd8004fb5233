import type { RecordedFact } from '../../../src/cases/domain/facts/facts.js';
import { count, walk, type Evidence, type State } from './day-by-day.js';
import { parseDay, showDay, type Day } from './days.js';
import { conditions, counselDenials, type CounselDenials, type Pair } from './due-process.js';
import { findingsOf, type OracleFinding } from './findings.js';
import { fineTotals, type FineTotal } from './fines.js';
import { knownFacts, ofType, type Known } from './known.js';
import { statusOf, type Status } from './status.js';

interface OracleBounds {
  earliest: string | null;
  latest: string | null;
}

export interface OracleAnswer {
  custody: {
    status: Status;
    certain: boolean;
    /** The narrow world's first. */
    possible: Status[];
    unconfirmed: boolean;
    /** Null if it was so on every day before. */
    since: string | null;
    expectedRelease: OracleBounds | null;
    daysOverdue: Pair;
    detentions: { detentionId: string; from: OracleBounds; to: OracleBounds | null; basis?: string }[];
  };
  totals: {
    arrests: number;
    charges: number;
    hearings: number;
    decisions: number;
    sentences: number;
    daysImposed: { gross: Pair; net: Pair };
    daysToServe: Pair;
    daysInCustody: Pair;
    daysServed: Pair;
    daysOutstanding: Pair;
    daysInCustodyWithoutSentence: Pair;
    fines: FineTotal[];
    counselDenials: CounselDenials;
    conditions: { count: number; hours: Pair };
  };
  findings: OracleFinding[];
}

/**
 * The answer as of a day, worked out slowly, one day after another, from the design text alone.
 * @param facts all that was recorded by the time the question is about, in any order
 * @param asOf a date, YYYY-MM-DD
 */
export function oracle(facts: readonly RecordedFact[], asOf: string): OracleAnswer {
  const today = parseDay(asOf);
  const known = knownFacts(facts);
  const narrowDays = walk('narrow', known, today);
  const narrow = answered(narrowDays.at(-1) as Evidence, known);
  const wide = answered(walk('wide', known, today).at(-1) as Evidence, known);
  const statuses = [...new Set([narrow.status, wide.status])];
  const pair = (figure: (state: Answered) => number): Pair => pairOf(figure(narrow), figure(wide));

  return {
    custody: {
      status: narrow.status,
      certain: statuses.length === 1,
      possible: statuses,
      unconfirmed: isUnconfirmed(narrow) || isUnconfirmed(wide),
      since: showSince(narrowDays, narrow.status, known),
      expectedRelease: expectedRelease([narrow, wide]),
      daysOverdue: pair(daysOverdue),
      detentions: detentionsOf(narrow, wide),
    },
    totals: {
      arrests: ofType(narrow.facts, 'Arrested').length,
      charges: ofType(narrow.facts, 'Charged').length,
      hearings: new Set(ofType(narrow.facts, 'HearingScheduled', 'HearingHeld').map((f) => f.data.hearingId))
        .size,
      decisions: ofType(narrow.facts, 'DecisionRendered').length,
      sentences: ofType(narrow.facts, 'Sentenced').length,
      daysImposed: {
        gross: pair(({ facts: kept }) => sum(ofType(kept, 'Sentenced').map(({ data }) => data.days))),
        net: pair(({ sentences }) => sum(sentences.map(({ days }) => days))),
      },
      daysToServe: pair((state) => state.toServe),
      daysInCustody: pair((state) => state.daysInCustody),
      daysServed: pair((state) => state.served),
      daysOutstanding: pair((state) => state.outstanding),
      daysInCustodyWithoutSentence: pair((state) => state.daysInCustody - state.served),
      fines: fineTotals(narrow.facts),
      counselDenials: counselDenials(narrow.facts),
      conditions: conditions(narrow.facts),
    },
    findings: findingsOf(narrow, known),
  };
}

type Answered = State & { status: Status };

function answered(evidence: Evidence, known: readonly Known[]): Answered {
  const state = count(evidence);
  return { ...state, status: statusOf(state, known) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, next) => total + next, 0);

/** The smaller and the larger; a figure without end is null. */
const pairOf = (a: number, b: number): Pair => {
  const max = Math.max(a, b);
  return { min: Math.min(a, b), max: Number.isFinite(max) ? max : null };
};

const confirmedUntil = ({ open, confirmedUntil: until }: State): Day =>
  (open && until.get(open.id)) ?? -Infinity;

const isUnconfirmed = (state: State): boolean => state.open !== null && confirmedUntil(state) < state.day;

function daysOverdue(state: Answered): number {
  if (state.status !== 'in_custody_overdue' || state.termEnds === null) return 0;
  const until = state.world === 'narrow' ? Math.min(confirmedUntil(state), state.day) : state.day;
  return Math.max(0, until - state.termEnds);
}

function expectedRelease(states: readonly Answered[]): OracleBounds | null {
  const ends = states
    .filter(({ status }) => status === 'in_custody_serving' || status === 'in_custody_overdue')
    .map(({ termEnds }) => termEnds ?? -Infinity);
  if (ends.length === 0) return null;
  return { earliest: showDay(Math.min(...ends)), latest: showDay(Math.max(...ends)) };
}

/** The first day of the row of days, ending today, on which the status was the present one. */
function showSince(days: readonly Evidence[], present: Status, known: readonly Known[]): string | null {
  const lastOther = days.findLastIndex((evidence) => answered(evidence, known).status !== present);
  return lastOther === -1 ? null : showDay(days[lastOther + 1]?.day ?? NaN);
}

const show = ({ bounds }: Known): OracleBounds => ({
  earliest: showDay(bounds.earliest),
  latest: showDay(bounds.latest),
});

const compare = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Those begun, and of these the ends come, by the day asked about in either world. */
function detentionsOf(narrow: State, wide: State): OracleAnswer['custody']['detentions'] {
  const begun = new Map([...wide.detentions, ...narrow.detentions].map((d) => [d.id, d.arrest]));
  const facts = [...new Set([...narrow.facts, ...wide.facts])];
  const ended = [...narrow.detentions, ...wide.detentions].filter(({ end }) => end !== null);
  const endedIds = new Set(ended.map((detention) => detention.id));
  return [...begun]
    .sort(([a, one], [b, other]) => compare(one.bounds.earliest, other.bounds.earliest) || compare(a, b))
    .map(([detentionId, arrest]) => {
      const end = endedIds.has(detentionId)
        ? (ofType(facts, 'Released').find(({ data }) => data.detentionId === detentionId) ??
          ofType(facts, 'DiedInCustody').find(({ data }) => data.detentionId === detentionId) ??
          ofType(facts, 'DiedInCustody')[0])
        : undefined;
      return {
        detentionId,
        from: show(arrest),
        to: end ? show(end) : null,
        ...(end?.type === 'Released' ? { basis: end.data.basis } : {}),
      };
    });
}
