import type { Regime } from '../../../src/cases/domain/facts/custody-facts.js';
import type { Uuid } from '../../../src/cases/domain/facts/common.js';
import { boundsWithin, ofType, type Known } from './known.js';
import type { Bounds, Day } from './days.js';

export type World = 'narrow' | 'wide';

/** Narrow: a release or death happens on its earliest day, every other fact on its latest. Wide: the other way round. */
export function dateIn(world: World, fact: Known): Day {
  const end = fact.type === 'Released' || fact.type === 'DiedInCustody';
  return (world === 'narrow') === end ? fact.bounds.earliest : fact.bounds.latest;
}

const sideIn = (world: World, bounds: Bounds): Day => (world === 'narrow' ? bounds.latest : bounds.earliest);

/** A detention in one world, from what was known of the days up to one day. */
export interface Detention {
  id: Uuid;
  arrest: Known<'Arrested'>;
  from: Day;
  /** Null while no end is known. */
  end: Day | null;
  regimeOn(day: Day): Regime;
}

export function detentionsIn(world: World, facts: readonly Known[]): Detention[] {
  return ofType(facts, 'Arrested').map((arrest) => {
    const id = arrest.data.detentionId;
    const from = dateIn(world, arrest);
    const ends: Day[] = [];
    for (const end of ofType(facts, 'Released', 'DiedInCustody')) {
      const day = dateIn(world, end);
      if (end.data.detentionId === id || (end.type === 'DiedInCustody' && from <= day)) ends.push(day);
    }
    const changes = ofType(facts, 'CustodyRegimeChanged').filter((change) => change.data.detentionId === id);
    return {
      id,
      arrest,
      from,
      end: ends.length > 0 ? Math.min(...ends) : null,
      regimeOn(day) {
        let regime = arrest.data.regime ?? 'administrative';
        let since: Day | null = null;
        for (const change of changes) {
          const date = dateIn(world, change);
          if (date > day || (since !== null && date < since)) continue;
          // Of two on one date the criminal one comes last.
          regime = date === since && regime === 'criminal' ? 'criminal' : change.data.regime;
          since = date;
        }
        return regime;
      },
    };
  });
}

/** Of several detentions the one that began last; of two that began together, the greater id. */
export function latestStarted<T extends Detention>(detentions: readonly T[]): T | null {
  let chosen: T | null = null;
  for (const detention of detentions) {
    if (
      chosen === null ||
      detention.from > chosen.from ||
      (detention.from === chosen.from && detention.id > chosen.id)
    ) {
      chosen = detention;
    }
  }
  return chosen;
}

/** The detention that was open on a day; one that ended that very day counts if no other was open. */
function detentionOpenOn(day: Day, detentions: readonly Detention[]): Detention | null {
  const begun = detentions.filter((detention) => detention.from <= day);
  return (
    latestStarted(begun.filter(({ end }) => end === null || day < end)) ??
    latestStarted(begun.filter(({ end }) => end === day))
  );
}

export interface Sentence {
  fact: Known<'Sentenced'>;
  decided: Day;
  imposed: number;
  days: number;
  credit: Day;
  /** Of the detention open on the day it was decided. */
  detentionId: Uuid | null;
}

/** Sentences that run together and last as long as the longest of them. */
export interface Group {
  sentences: Sentence[];
  days: number;
  credit: Day;
}

export function sentencesInForce(
  world: World,
  facts: readonly Known[],
  detentions: readonly Detention[],
): Sentence[] {
  const annulled = new Set(ofType(facts, 'PenaltyAnnulled').map((fact) => fact.data.penaltyId));
  const sentences: Sentence[] = [];
  for (const fact of ofType(facts, 'Sentenced')) {
    if (annulled.has(fact.data.penaltyId)) continue;
    const decided = dateIn(world, fact);
    const openThen = detentionOpenOn(decided, detentions);
    const credited = fact.data.creditedFrom;
    sentences.push({
      fact,
      decided,
      imposed: fact.data.days,
      days: currentDays(world, facts, fact),
      credit:
        credited === undefined ? (openThen?.from ?? decided) : sideIn(world, boundsWithin(fact, credited)),
      detentionId: openThen?.id ?? null,
    });
  }
  return sentences.sort(byServingOrder);
}

function currentDays(world: World, facts: readonly Known[], sentence: Known<'Sentenced'>): number {
  let days = sentence.data.days;
  let since: Day | null = null;
  for (const reduction of ofType(facts, 'SentenceReduced')) {
    if (reduction.data.penaltyId !== sentence.data.penaltyId) continue;
    const date = dateIn(world, reduction);
    if (since !== null && date < since) continue;
    days = since === date ? Math.min(days, reduction.data.days) : reduction.data.days;
    since = date;
  }
  return days;
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
const concurrent = (sentence: Sentence): boolean => sentence.fact.data.runs === 'concurrent';

const byServingOrder = (a: Sentence, b: Sentence): number =>
  compare(a.decided, b.decided) ||
  compare(Number(concurrent(a)), Number(concurrent(b))) ||
  compare(a.imposed, b.imposed) ||
  compare(a.fact.data.penaltyId, b.fact.data.penaltyId);

export function groupsOf(sentences: readonly Sentence[]): Group[] {
  const groups: Group[] = [];
  let before: Sentence | null = null;
  for (const sentence of sentences) {
    const last = groups.at(-1);
    if (last && before && concurrent(sentence) && sentence.detentionId === before.detentionId) {
      last.sentences.push(sentence);
      last.days = Math.max(last.days, sentence.days);
      last.credit = Math.min(last.credit, sentence.credit);
    } else {
      groups.push({ sentences: [sentence], days: sentence.days, credit: sentence.credit });
    }
    before = sentence;
  }
  return groups;
}
