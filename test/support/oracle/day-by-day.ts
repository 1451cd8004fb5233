import type { Uuid } from '../../../src/cases/domain/facts/common.js';
import { BEFORE_EVERYTHING, type Day } from './days.js';
import { boundsWithin, ofType, type Known } from './known.js';
import { daysInCustody, daysOf, serve, servedOutOn, toServe, type Counted, type Served } from './serving.js';
import {
  dateIn,
  detentionsIn,
  groupsOf,
  latestStarted,
  sentencesInForce,
  type Detention,
  type Group,
  type Sentence,
  type World,
} from './world.js';

/** What the facts up to one day say in one world. */
export interface Evidence {
  world: World;
  /** A day before every finite date of the case. */
  start: Day;
  day: Day;
  facts: Known[];
  detentions: Detention[];
  open: Detention | null;
  /** Of each detention that is open: the day up to which it is supported; before everything if nothing supports it. */
  confirmedUntil: ReadonlyMap<Uuid, Day>;
  sentences: Sentence[];
  groups: Group[];
  /** The day the last group is, or was, served if the open detention goes on; null if that never happens. */
  termEnds: Day | null;
}

/** The same with its days of custody counted. */
export interface State extends Evidence {
  custody: Counted[];
  log: Served[];
  toServe: number;
  served: number;
  outstanding: number;
  daysInCustody: number;
}

/** The evidence of every day, from one before every finite date of the case to `asOf`. */
export function walk(world: World, known: readonly Known[], asOf: Day): Evidence[] {
  const start = Math.min(asOf, ...finiteDates(known)) - 2;
  const days: Evidence[] = [];
  for (let day = start; day <= asOf; day++) days.push(evidenceOn(world, known, start, day, days.at(-1)));
  return days;
}

export function count(evidence: Evidence): State {
  const { world, start, day, detentions, confirmedUntil, groups } = evidence;
  const custody = detentions.map((detention) => {
    const counted = world === 'narrow' ? (confirmedUntil.get(detention.id) ?? day) : day;
    return { detention, until: detention.end ?? Math.min(counted, day) };
  });
  const log = serve(groups, custody, start, day);
  const served = daysOf(log);
  return {
    ...evidence,
    custody,
    log,
    toServe: toServe(groups),
    served,
    outstanding: toServe(groups) - served,
    daysInCustody: daysInCustody(custody),
  };
}

function finiteDates(known: readonly Known[]): Day[] {
  const dates: Day[] = [];
  for (const fact of known) {
    dates.push(fact.bounds.earliest, fact.bounds.latest);
    if (fact.type === 'Sentenced' && fact.data.creditedFrom !== undefined) {
      const credited = boundsWithin(fact, fact.data.creditedFrom);
      dates.push(credited.earliest, credited.latest);
    }
  }
  return dates.filter(Number.isFinite);
}

function evidenceOn(
  world: World,
  known: readonly Known[],
  start: Day,
  day: Day,
  yesterday?: Evidence,
): Evidence {
  const facts = known.filter((fact) => dateIn(world, fact) <= day);
  // A day without news changes nothing but what the others left open are supported by.
  const noNews = yesterday?.facts.length === facts.length ? yesterday : undefined;
  const detentions = noNews?.detentions ?? detentionsIn(world, facts);
  const sentences = noNews?.sentences ?? sentencesInForce(world, facts, detentions);
  const groups = noNews?.groups ?? groupsOf(sentences);
  const openOnes = detentions.filter(({ end }) => end === null);
  const open = latestStarted(openOnes);

  const confirmedUntil = new Map<Uuid, Day>();
  for (const detention of openOnes) {
    // It never goes back: what was supported yesterday, yesterday itself included, stays supported.
    const before = Math.min(yesterday?.confirmedUntil.get(detention.id) ?? BEFORE_EVERYTHING, day);
    confirmedUntil.set(detention.id, Math.max(before, namedUntil(detention, facts)));
  }

  let termEnds: Day | null = null;
  if (open) {
    const othersAsBefore = openOnes.every(
      ({ id }) => id === open.id || confirmedUntil.get(id) === yesterday?.confirmedUntil.get(id),
    );
    termEnds =
      noNews && othersAsBefore
        ? noNews.termEnds
        : endOfTerm(world, detentions, open, confirmedUntil, groups, start, day);
    let supported = Math.max(confirmedUntil.get(open.id) ?? BEFORE_EVERYTHING, termEnds ?? BEFORE_EVERYTHING);
    for (const sentence of ofType(facts, 'Sentenced')) {
      if (open.from <= dateIn(world, sentence)) supported = Math.max(supported, sentence.bounds.earliest);
    }
    confirmedUntil.set(open.id, supported);
  }
  return { world, start, day, facts, detentions, open, confirmedUntil, sentences, groups, termEnds };
}

/** The latest of its arrest and the facts that name it, each on its earliest day; an open one adds nothing. */
function namedUntil(detention: Detention, facts: readonly Known[]): Day {
  const naming = ofType(
    facts,
    'Arrested',
    'CustodyConfirmed',
    'Transferred',
    'CustodyRegimeChanged',
    'WhereaboutsLost',
    'WhereaboutsEstablished',
    'Charged',
    'CounselDenied',
    'CounselGranted',
    'ConditionReported',
  ).filter((fact) => fact.data.detentionId === detention.id);
  return Math.max(BEFORE_EVERYTHING, ...naming.map((fact) => fact.bounds.earliest));
}

/** Lets the open detention go on without end and looks when the last day of the last group is served. */
function endOfTerm(
  world: World,
  detentions: readonly Detention[],
  open: Detention,
  confirmedUntil: ReadonlyMap<Uuid, Day>,
  groups: readonly Group[],
  start: Day,
  day: Day,
): Day | null {
  if (groups.length === 0) return null;
  const custody = detentions.map((detention) => {
    if (detention === open) return { detention, until: Infinity };
    const supported = world === 'narrow' ? (confirmedUntil.get(detention.id) ?? Infinity) : Infinity;
    return { detention, until: detention.end ?? supported };
  });
  const begun = Math.max(day, open.from, ...groups.map((group) => group.credit));
  const log = serve(groups, custody, start, begun + toServe(groups) + 1);
  return daysOf(log) === toServe(groups) ? servedOutOn(log) : null;
}
