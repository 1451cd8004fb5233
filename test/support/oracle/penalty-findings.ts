import { sameDayNextYear } from './days.js';
import { millionths } from './fines.js';
import { ofType, type Known } from './known.js';
import { baseUnitOn, baseUnitsWithin, fineMaximum, MASS_EVENTS, sentenceMaximum } from './law.js';
import { dateIn } from './world.js';

type Penalty = Known<'Sentenced'> | Known<'Fined'>;

/** Through the proceeding of the penalty, else of its decision. */
function articleOf(penalty: Penalty, facts: readonly Known[]): string | undefined {
  const decision = ofType(facts, 'DecisionRendered').find(
    ({ data }) => data.decisionId === penalty.data.decisionId,
  );
  const proceedingId = penalty.data.proceedingId ?? decision?.data.proceedingId;
  if (proceedingId === undefined) return undefined;
  return ofType(facts, 'Charged').find(({ data }) => data.proceedingId === proceedingId)?.data.provision
    ?.article;
}

/** Another decision of the family imposed a penalty within the year before. */
function isRepeated(penalty: Penalty, facts: readonly Known[]): boolean {
  const date = dateIn('narrow', penalty);
  return ofType(facts, 'Sentenced', 'Fined').some((earlier) => {
    const then = dateIn('narrow', earlier);
    return (
      earlier.data.decisionId !== penalty.data.decisionId &&
      MASS_EVENTS.includes(articleOf(earlier, facts) ?? '') &&
      then < date &&
      date <= sameDayNextYear(then)
    );
  });
}

export const sentenceAboveMaximum = (sentence: Known<'Sentenced'>, facts: readonly Known[]): boolean =>
  sentence.data.days >
  sentenceMaximum(articleOf(sentence, facts), dateIn('narrow', sentence), isRepeated(sentence, facts));

export function fineAboveMaximum(fine: Known<'Fined'>, facts: readonly Known[]): boolean {
  const maximum = fineMaximum(articleOf(fine, facts), dateIn('narrow', fine), isRepeated(fine, facts));
  if (maximum === null) return false;
  const { amount, baseUnits } = fine.data;
  if (baseUnits !== undefined && baseUnits > maximum) return true;
  const unit = baseUnitOn(dateIn('narrow', fine));
  if (!amount || !unit || amount.currency !== unit.currency) return false;
  const certain = ['exact', 'at_least'].includes(amount.qualifier ?? 'exact');
  return certain && millionths(amount.value) > BigInt(maximum) * unit.hundredths * 10_000n;
}

/** No base unit that may have been in force divides the amount. */
export function fineNotWhole(fine: Known<'Fined'>): boolean {
  const { amount, baseUnits } = fine.data;
  if (baseUnits !== undefined && !Number.isInteger(baseUnits)) return true;
  if (!amount || (amount.qualifier ?? 'exact') !== 'exact') return false;
  const units = baseUnitsWithin(fine.bounds.earliest, fine.bounds.latest).filter(
    ({ currency }) => currency === amount.currency,
  );
  return (
    units.length > 0 &&
    units.every(({ hundredths }) => millionths(amount.value) % (hundredths * 10_000n) !== 0n)
  );
}
