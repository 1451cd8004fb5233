import { baseUnitOn, baseUnitsBetween, type Law, type Maximum } from '../law/law.js';
import { parseMoney, priceBaseUnits } from '../money/money.js';
import type { Casebook } from '../timeline/casebook.js';
import type { DatedFact } from '../timeline/docket.js';
import { factDayIn, sentencesInForce, type WorldSentence } from '../timeline/world.js';
import { among } from './among.js';
import { isRepeated, isSoOfSomeMaximum, maximumOf } from './decisions.js';
import { counted, type Evidence, type FindingMaker, type Made } from './finding.js';

const isTooLong = ({ data }: DatedFact<'Sentenced'>, { days }: Maximum): boolean =>
  days !== undefined && data.days > days;

const perhapsTooLong = (book: Casebook, law: Law): DatedFact<'Sentenced'>[] =>
  book.of('Sentenced').filter((fact) => isSoOfSomeMaximum(book, law, fact, (most) => isTooLong(fact, most)));

/** Sentences of more days than the law allows for their provision; the longest, in days. */
export const sentenceOverMaximum: FindingMaker = among(perhapsTooLong, (sentences, evidence) => {
  const over = sentences.filter((fact) => {
    const most = maximumOf(evidence, fact);
    if (!isTooLong(fact, most)) return false;
    const { daysRepeated = most.days } = most;
    return isTooLong(fact, { days: daysRepeated }) || !isRepeated(evidence, fact);
  });
  const found = counted(over);
  return found && { ...found, value: Math.max(...over.map(({ data }) => data.days)) };
});

const perhapsTooHigh = (book: Casebook, law: Law): DatedFact<'Fined'>[] =>
  book
    .of('Fined')
    .filter((fact) => isSoOfSomeMaximum(book, law, fact, ({ baseUnits }) => isOver(law, fact, baseUnits)));

/** Fines above the maximum known for their provision; how many. */
export const fineOverMaximum: FindingMaker = among(perhapsTooHigh, (fines, evidence) =>
  counted(
    fines.filter((fact) => {
      const { baseUnits, baseUnitsRepeated = baseUnits } = maximumOf(evidence, fact);
      if (!isOver(evidence.law, fact, baseUnits)) return false;
      return isOver(evidence.law, fact, baseUnitsRepeated) || !isRepeated(evidence, fact);
    }),
  ),
);

function isOver(law: Law, { data, on }: DatedFact<'Fined'>, units: number | undefined): boolean {
  if (units === undefined) return false;
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
export const fineNotWholeBaseUnits: FindingMaker = among(notWhole);

function amountIsNotWhole({ data: { amount }, on }: DatedFact<'Fined'>, law: Law): boolean {
  if (!amount || (amount.qualifier ?? 'exact') !== 'exact') return false;
  const minor = parseMoney(amount.value, amount.currency);
  const units = baseUnitsBetween(law, on.earliest, on.latest).filter(
    ({ currency }) => currency === amount.currency,
  );
  return units.length > 0 && units.every((unit) => minor % priceBaseUnits(1, unit).minor !== 0n);
}

const sentences = (book: Casebook): readonly DatedFact<'Sentenced'>[] => book.of('Sentenced');

const ABOUT_CUSTODY = ['Arrested', 'Released', 'DiedInCustody'] as const;

/** A sentence though no arrest, release or death is recorded; how many. */
export const sentenceWithoutCustody: FindingMaker = among(sentences, (passed, { book, day }) =>
  ABOUT_CUSTODY.some((type) => book.of(type).some((fact) => factDayIn('narrow', fact) <= day))
    ? undefined
    : counted(passed),
);

const runUnknown = ({ data }: DatedFact<'Sentenced'>): boolean => (data.runs ?? 'unknown') === 'unknown';

/** Nobody recorded how the sentence runs, so it is counted as consecutive; how many. */
export const runsAssumedConsecutive: FindingMaker = among(
  (book) => sentences(book).filter(runUnknown),
  (_, { chronicle, day }) =>
    counted(
      sentencesInForce(chronicle.world, day)
        .map(({ sentence }) => sentence.fact)
        .filter(runUnknown),
    ),
);

/** The sentences of the longest run in which each follows the one before; at least two. */
export const consecutiveSentences: FindingMaker = (book) =>
  book.sentences.length < 2 ? undefined : longestRunOn;

function longestRunOn(evidence: Evidence): Made | undefined {
  let longest: WorldSentence[] = [];
  let run: WorldSentence[] = [];
  for (const sentence of sentencesInForce(evidence.chronicle.world, evidence.day)) {
    const before = run.at(-1);
    if (before !== undefined && followsOn(evidence, before, sentence)) run.push(sentence);
    else run = [sentence];
    if (run.length > longest.length) longest = run;
  }
  return longest.length < 2 ? undefined : counted(longest.map(({ sentence }) => sentence.fact));
}

function followsOn({ figures: { serving } }: Evidence, before: WorldSentence, next: WorldSentence): boolean {
  if (next.sentence.fact.data.runs === 'consecutive') return true;
  const serviceOf = (sentence: WorldSentence) =>
    serving.services.find(({ group }) => group.members.includes(sentence));
  const [earlier, later] = [serviceOf(before), serviceOf(next)];
  // The day before and the day itself were served, so the custody is the same.
  return earlier !== later && earlier?.ended !== undefined && later?.begun === earlier.ended;
}
