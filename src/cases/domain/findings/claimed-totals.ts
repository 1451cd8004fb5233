import type { Claim } from '../facts/proceeding-facts.js';
import type { Casebook } from '../timeline/casebook.js';
import type { DatedFact } from '../timeline/docket.js';
import { among } from './among.js';
import { counted, type FindingMaker } from './finding.js';

type SentencedFact = DatedFact<'Sentenced'>;

const claiming = (book: Casebook): SentencedFact[] => book.of('Sentenced').filter(({ data }) => data.claimed);

/** A total or an ordinal that a source gave and that the recorded sentences cannot come to, whatever the order of vague dates; how many. */
export const claimedTotalDiffers: FindingMaker = among(claiming, (claims, { book, day }) => {
  const known = book.sentences.map(({ fact }) => fact).filter(({ on }) => (on.earliest ?? -Infinity) <= day);
  return counted(claims.filter((fact) => !canBeSo(fact.data.claimed!, fact, known)));
});

function canBeSo(claimed: Claim, fact: SentencedFact, known: readonly SentencedFact[]): boolean {
  const others = known.filter(({ data }) => data.penaltyId !== fact.data.penaltyId);
  const certainlyBefore = (other: SentencedFact): boolean =>
    fact.on.earliest !== null && other.on.latest < fact.on.earliest;
  const before = others.filter(certainlyBefore);
  const perhaps = others.filter(
    (other) => !certainlyBefore(other) && (other.on.earliest ?? -Infinity) <= fact.on.latest,
  );
  const start: Tally = {
    ordinal: before.length + 1,
    days: before.reduce((sum, { data }) => sum + data.days, fact.data.days),
  };
  return tallies(start, perhaps).some(
    ({ ordinal, days }) =>
      (claimed.ordinal ?? ordinal) === ordinal && (claimed.cumulativeDays ?? days) === days,
  );
}

interface Tally {
  ordinal: number;
  days: number;
}

/** What the tally can come to, each of the others counted or not. */
function tallies(start: Tally, others: readonly SentencedFact[]): Tally[] {
  let reached = new Map([[`${start.ordinal}:${start.days}`, start]]);
  for (const { data } of others) {
    const further = [...reached.values()].map(({ ordinal, days }) => ({
      ordinal: ordinal + 1,
      days: days + data.days,
    }));
    reached = new Map([
      ...reached,
      ...further.map((tally): [string, Tally] => [`${tally.ordinal}:${tally.days}`, tally]),
    ]);
  }
  return [...reached.values()];
}
