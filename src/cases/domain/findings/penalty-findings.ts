import { baseUnitOn, baseUnitsBetween, maximumFor, type Law } from '../law/law.js';
import { parseMoney, priceBaseUnits } from '../money/money.js';
import type { Casebook } from '../timeline/casebook.js';
import type { DatedFact } from '../timeline/docket.js';
import { sentencesInForce, type WorldSentence } from '../timeline/world.js';
import { isRepeated, provisionOf } from './decisions.js';
import { counted, type Evidence, type FindingMaker } from './finding.js';

/** Sentences of more days than the law allows for their provision; the longest, in days. */
export const sentenceOverMaximum: FindingMaker = (evidence) => {
  const over = evidence.by('Sentenced').filter((fact) => {
    const most = maximumFor(evidence.law, provisionOf(evidence, fact), fact.on.latest);
    if (most.days === undefined || fact.data.days <= most.days) return false;
    const { daysRepeated = most.days } = most;
    return fact.data.days > daysRepeated || !isRepeated(evidence, fact);
  });
  const found = counted(over);
  return found && { ...found, value: Math.max(...over.map(({ data }) => data.days)) };
};

/** Fines above the maximum known for their provision; how many. */
export const fineOverMaximum: FindingMaker = (evidence) =>
  counted(
    evidence.by('Fined').filter((fact) => {
      const most = maximumFor(evidence.law, provisionOf(evidence, fact), fact.on.latest);
      if (most.baseUnits === undefined || !isOver(evidence, fact, most.baseUnits)) return false;
      const { baseUnitsRepeated = most.baseUnits } = most;
      return isOver(evidence, fact, baseUnitsRepeated) || !isRepeated(evidence, fact);
    }),
  );

function isOver({ law }: Evidence, { data, on }: DatedFact<'Fined'>, units: number): boolean {
  if (data.baseUnits !== undefined && data.baseUnits > units) return true;
  const unit = baseUnitOn(law, on.latest);
  const { amount } = data;
  if (!amount || !unit || amount.currency !== unit.currency) return false;
  const atLeastSo = (amount.qualifier ?? 'exact') === 'exact' || amount.qualifier === 'at_least';
  return atLeastSo && parseMoney(amount.value, amount.currency) > priceBaseUnits(units, unit).minor;
}

const notWhole = (book: Casebook, law: Law): DatedFact[] =>
  book
    .of('Fined')
    .filter(
      (fact) =>
        (fact.data.baseUnits !== undefined && !Number.isInteger(fact.data.baseUnits)) ||
        amountIsNotWhole(fact, law),
    );

/** Fines are set in base units: an exact amount that is no whole number of them was not; how many. */
export const fineNotWholeBaseUnits: FindingMaker = ({ among }) => counted(among(notWhole));

function amountIsNotWhole({ data: { amount }, on }: DatedFact<'Fined'>, law: Law): boolean {
  if (!amount || (amount.qualifier ?? 'exact') !== 'exact') return false;
  const minor = parseMoney(amount.value, amount.currency);
  const units = baseUnitsBetween(law, on.earliest, on.latest).filter(
    ({ currency }) => currency === amount.currency,
  );
  return units.length > 0 && units.every((unit) => minor % priceBaseUnits(1, unit).minor !== 0n);
}

/** A sentence though no arrest, release or death is recorded; how many. */
export const sentenceWithoutCustody: FindingMaker = ({ by }) =>
  [...by('Arrested'), ...by('Released'), ...by('DiedInCustody')].length > 0
    ? undefined
    : counted(by('Sentenced'));

/** Nobody recorded how the sentence runs, so it is counted as consecutive; how many. */
export const runsAssumedConsecutive: FindingMaker = ({ chronicle, day }) =>
  counted(
    sentencesInForce(chronicle.world, day)
      .map(({ sentence }) => sentence.fact)
      .filter(({ data }) => (data.runs ?? 'unknown') === 'unknown'),
  );

/** The sentences of the longest run in which each follows the one before; at least two. */
export const consecutiveSentences: FindingMaker = (evidence) => {
  let longest: WorldSentence[] = [];
  let run: WorldSentence[] = [];
  for (const sentence of sentencesInForce(evidence.chronicle.world, evidence.day)) {
    const before = run.at(-1);
    const follows = before !== undefined && followsOn(evidence, before, sentence);
    run = follows ? [...run, sentence] : [sentence];
    if (run.length > longest.length) longest = run;
  }
  return longest.length < 2 ? undefined : counted(longest.map(({ sentence }) => sentence.fact));
};

function followsOn({ figures: { serving } }: Evidence, before: WorldSentence, next: WorldSentence): boolean {
  if (next.sentence.fact.data.runs === 'consecutive') return true;
  const serviceOf = (sentence: WorldSentence) =>
    serving.services.find(({ group }) => group.members.includes(sentence));
  const [earlier, later] = [serviceOf(before), serviceOf(next)];
  // The day before and the day itself were served, so the custody is the same.
  return earlier !== later && earlier?.ended !== undefined && later?.begun === earlier.ended;
}
