import type { Casebook } from './casebook.js';
import {
  confirmedUntil,
  custodyOn,
  openOn,
  stepOn,
  type Chronicle,
  type CustodyFigures,
} from './chronicle.js';
import { daysIn } from './custody.js';
import { standingOn, unconfirmedOn, type Standing } from './status.js';
import { currentDays, sentencesBy, sentencesInForce, type WorldDay } from './world.js';

/** How things stand with a person in one world on one day. */
export interface StandingFigures {
  standing: Standing;
  /** The day the last group is, or was, served; only while serving or overdue. -Infinity if it falls in the open part. */
  expectedRelease: WorldDay | undefined;
}

/** All figures in days of one world on one day. Infinity where an open start makes them endless. */
export interface WorldFigures extends StandingFigures, CustodyFigures {
  unconfirmed: boolean;
  imposedGross: number;
  imposedNet: number;
  toServe: number;
  inCustody: number;
  served: number;
  outstanding: number;
  withoutSentence: number;
  overdue: number;
}

export function standingFiguresOn(book: Casebook, chronicle: Chronicle, day: WorldDay): StandingFigures {
  const standing = standingOn(book, chronicle, day);
  const expectedRelease =
    standing.status === 'in_custody_serving' || standing.status === 'in_custody_overdue'
      ? stepOn(chronicle, day)?.serving().over
      : undefined;
  return { standing, expectedRelease };
}

export function figuresOn(book: Casebook, chronicle: Chronicle, day: WorldDay): WorldFigures {
  const { world } = chronicle;
  const { standing, expectedRelease } = standingFiguresOn(book, chronicle, day);
  const { reaches, custody, serving } = custodyOn(chronicle, day);
  const inForce = sentencesInForce(world, day);
  const inCustody = daysIn(custody);
  return {
    standing,
    expectedRelease,
    reaches,
    custody,
    serving,
    unconfirmed: unconfirmedOn(chronicle, day),
    imposedGross: sum(sentencesBy(world, day).map(({ sentence }) => sentence.fact.data.days)),
    imposedNet: sum(inForce.map((sentence) => currentDays(sentence, day))),
    toServe: serving.served + serving.outstanding,
    inCustody,
    served: serving.served,
    outstanding: serving.outstanding,
    withoutSentence: inCustody - serving.served,
    overdue: standing.status === 'in_custody_overdue' ? daysOverdue(chronicle, day, expectedRelease!) : 0,
  };
}

/** The narrow world counts no further than what is confirmed. */
function daysOverdue(chronicle: Chronicle, day: WorldDay, expectedRelease: WorldDay): number {
  const open = openOn(chronicle.world, day)!;
  const until = chronicle.world.side === 'narrow' ? Math.min(day, confirmedUntil(chronicle, open, day)) : day;
  return Math.max(0, until - expectedRelease);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
