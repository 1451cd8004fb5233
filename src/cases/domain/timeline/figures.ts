import type { Chronicle } from './chronicle.js';
import { confirmedUntil, openOn, reachesBy, servingOn, stepOn } from './chronicle.js';
import type { Casebook } from './casebook.js';
import { daysIn, stretchesOf, type Reach, type Stretch } from './custody.js';
import type { Serving } from './serving.js';
import { standingOn, unconfirmedOn, type Standing } from './status.js';
import { currentDays, sentencesBy, sentencesInForce, type WorldDay } from './world.js';

/** All figures in days of one world on one day. Infinity where an open start makes them endless. */
export interface WorldFigures {
  standing: Standing;
  unconfirmed: boolean;
  reaches: readonly Reach[];
  custody: readonly Stretch[];
  serving: Serving;
  imposedGross: number;
  imposedNet: number;
  toServe: number;
  inCustody: number;
  served: number;
  outstanding: number;
  withoutSentence: number;
  overdue: number;
  /** The day the last group is, or was, served; only while serving or overdue. -Infinity if it falls in the open part. */
  expectedRelease: WorldDay | undefined;
}

export function figuresOn(book: Casebook, chronicle: Chronicle, day: WorldDay): WorldFigures {
  const { world } = chronicle;
  const standing = standingOn(book, chronicle, day);
  const reaches = reachesBy(chronicle, day);
  const custody = stretchesOf(reaches, day);
  const serving = servingOn(chronicle, day, custody);
  const inForce = sentencesInForce(world, day);
  const inCustody = daysIn(custody);
  const expectedRelease =
    standing.status === 'in_custody_serving' || standing.status === 'in_custody_overdue'
      ? stepOn(chronicle, day)?.serving().over
      : undefined;
  return {
    standing,
    unconfirmed: unconfirmedOn(chronicle, day),
    reaches,
    custody,
    serving,
    imposedGross: sum(sentencesBy(world, day).map(({ sentence }) => sentence.fact.data.days)),
    imposedNet: sum(inForce.map((sentence) => currentDays(sentence, day))),
    toServe: serving.served + serving.outstanding,
    inCustody,
    served: serving.served,
    outstanding: serving.outstanding,
    withoutSentence: inCustody - serving.served,
    overdue: standing.status === 'in_custody_overdue' ? daysOverdue(chronicle, day, expectedRelease!) : 0,
    expectedRelease,
  };
}

/** The narrow world counts no further than what is confirmed. */
function daysOverdue(chronicle: Chronicle, day: WorldDay, expectedRelease: WorldDay): number {
  const open = openOn(chronicle.world, day)!;
  const until = chronicle.world.side === 'narrow' ? Math.min(day, confirmedUntil(chronicle, open, day)) : day;
  return Math.max(0, until - expectedRelease);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
