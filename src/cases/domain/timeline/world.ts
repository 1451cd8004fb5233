import type { Bounds } from '../dates/bounds.js';
import type { Regime } from '../facts/custody-facts.js';
import type { Casebook, Detention, EndType, Sentence } from './casebook.js';
import type { DatedFact } from './docket.js';

/** Narrow: ends of custody happen on their earliest day, all else on its latest. Wide: the other way round. */
export type Side = 'narrow' | 'wide';

/** A day in one world; an open start is -Infinity, and what does not end is +Infinity. */
export type WorldDay = number;

export interface WorldDetention {
  detention: Detention;
  id: string;
  start: WorldDay;
  /** The first day no longer in custody; +Infinity while no end is recorded. */
  end: WorldDay;
  endedBy: DatedFact<EndType> | undefined;
  /** Its regime from the beginning and each change, by day. */
  regimes: { from: WorldDay; regime: Regime; fact: DatedFact }[];
  /** Facts that name it, by the day they come to be known and the day up to which they support it. */
  mentions: { on: WorldDay; supports: WorldDay }[];
}

export interface WorldSentence {
  sentence: Sentence;
  on: WorldDay;
  /** The day up to which its decision shows that the person was still held. */
  supports: WorldDay;
  /** May be served from here on. */
  credit: WorldDay;
  /** The detention that was open when it was decided. */
  heldIn: WorldDetention | undefined;
  reductions: { on: WorldDay; days: number }[];
  annulledOn: WorldDay;
}

/** One reading of all the dates of a case. */
export interface World {
  side: Side;
  /** In the order of their starts, then their ids: the last one that covers a day is the one that counts. */
  detentions: WorldDetention[];
  /** In serving order. */
  sentences: WorldSentence[];
  /** When custody ended by releases and deaths whose arrest nobody recorded; by day, then event id. */
  unexplainedEnds: { on: WorldDay; fact: DatedFact }[];
  deaths: { on: WorldDay; fact: DatedFact<'DiedInCustody'> }[];
}

export const dayIn = (side: Side, on: Bounds): WorldDay =>
  side === 'narrow' ? on.latest : (on.earliest ?? -Infinity);

const endIn = (side: Side, on: Bounds): WorldDay =>
  side === 'narrow' ? (on.earliest ?? -Infinity) : on.latest;

/** The day of a fact in a world, whichever kind it is. */
export const factDayIn = (side: Side, { type, on }: Pick<DatedFact, 'type' | 'on'>): WorldDay =>
  type === 'Released' || type === 'DiedInCustody' ? endIn(side, on) : dayIn(side, on);

const earliestOf = (on: Bounds): WorldDay => on.earliest ?? -Infinity;

export function worldOf(book: Casebook, side: Side): World {
  const deaths = book.detentions
    .flatMap(({ ends }) => ends.filter((fact) => fact.type === 'DiedInCustody'))
    .map((fact) => ({ on: endIn(side, fact.on), fact }))
    .sort((a, b) => compareDays(a.on, b.on) || byEventId(a.fact, b.fact));
  const detentions = book.detentions
    .filter(({ arrest }) => arrest !== undefined)
    .map((detention) => detentionIn(side, detention))
    .sort((a, b) => compareDays(a.start, b.start) || (a.id < b.id ? -1 : 1));
  for (const death of deaths) {
    for (const held of detentions) {
      if (held.start > death.on || death.on >= held.end) continue;
      held.end = death.on;
      held.endedBy = death.fact;
    }
  }
  return {
    side,
    detentions,
    sentences: book.sentences.map((sentence) => sentenceIn(side, sentence, detentions)).sort(servingOrder),
    unexplainedEnds: book.detentions
      .filter(({ arrest }) => arrest === undefined)
      .flatMap(({ ends }) => ends.map((fact) => ({ on: endIn(side, fact.on), fact })))
      .sort((a, b) => compareDays(a.on, b.on) || byEventId(a.fact, b.fact)),
    deaths,
  };
}

/** Like subtraction, but two infinities of one sign are equal. */
export const compareDays = (a: WorldDay, b: WorldDay): number => (a < b ? -1 : a > b ? 1 : 0);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The last resort between facts alike, so that no answer hangs on which was recorded first. */
export const byEventId = (a: DatedFact, b: DatedFact): number => compareText(a.eventId, b.eventId);

function detentionIn(side: Side, detention: Detention): WorldDetention {
  const arrest = detention.arrest!;
  const changes = detention.regimeChanges
    .map((fact) => ({ from: dayIn(side, fact.on), regime: fact.data.regime, fact }))
    // Of two changes on one day the criminal one comes last, and so holds.
    .sort(
      (a, b) => compareDays(a.from, b.from) || compareText(a.regime, b.regime) || byEventId(a.fact, b.fact),
    );
  const [endedBy] = [...detention.ends].sort(
    (a, b) => compareDays(endIn(side, a.on), endIn(side, b.on)) || byEventId(a, b),
  );
  return {
    detention,
    id: detention.id,
    start: dayIn(side, arrest.on),
    end: endedBy ? endIn(side, endedBy.on) : Infinity,
    endedBy,
    regimes: [{ from: -Infinity, regime: arrest.data.regime ?? 'administrative', fact: arrest }, ...changes],
    mentions: detention.naming.map((fact) => ({ on: dayIn(side, fact.on), supports: earliestOf(fact.on) })),
  };
}

/** Detention open on a day: the one with the latest start; one that ended on that very day counts if no other was open. */
function heldOn(detentions: readonly WorldDetention[], day: WorldDay): WorldDetention | undefined {
  return (
    detentions.findLast(({ start, end }) => start <= day && day < end) ??
    detentions.findLast(({ start, end }) => start <= day && end === day)
  );
}

function sentenceIn(side: Side, sentence: Sentence, detentions: readonly WorldDetention[]): WorldSentence {
  const on = dayIn(side, sentence.fact.on);
  const heldIn = heldOn(detentions, on);
  const { creditedFrom } = sentence.fact;
  return {
    sentence,
    on,
    supports: earliestOf(sentence.fact.on),
    credit: creditedFrom ? dayIn(side, creditedFrom) : (heldIn?.start ?? on),
    heldIn,
    reductions: sentence.reductions.map((fact) => ({ on: dayIn(side, fact.on), days: fact.data.days })),
    annulledOn: Math.min(Infinity, ...sentence.annulments.map((fact) => dayIn(side, fact.on))),
  };
}

const runsConcurrently = ({ sentence }: WorldSentence): boolean => sentence.fact.data.runs === 'concurrent';

function servingOrder(a: WorldSentence, b: WorldSentence): number {
  return (
    compareDays(a.on, b.on) ||
    Number(runsConcurrently(a)) - Number(runsConcurrently(b)) ||
    a.sentence.fact.data.days - b.sentence.fact.data.days ||
    (a.sentence.id < b.sentence.id ? -1 : 1)
  );
}

/** The latest reduction by date, then the smaller. */
export function currentDays(sentence: WorldSentence, at: WorldDay): number {
  let latest: { on: WorldDay; days: number } | undefined;
  for (const reduction of sentence.reductions) {
    if (reduction.on > at) continue;
    if (!latest || reduction.on > latest.on || (reduction.on === latest.on && reduction.days < latest.days)) {
      latest = reduction;
    }
  }
  return latest?.days ?? sentence.sentence.fact.data.days;
}

export const sentencesBy = (world: World, at: WorldDay): WorldSentence[] =>
  world.sentences.filter(({ on }) => on <= at);

export const sentencesInForce = (world: World, at: WorldDay): WorldSentence[] =>
  world.sentences.filter(({ on, annulledOn }) => on <= at && annulledOn > at);
