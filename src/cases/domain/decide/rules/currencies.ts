import type { Money } from '../../facts/common.js';
import type { FactInForce } from '../../file/facts-in-force.js';
import type { Bench, Rule } from './rule.js';
import { currenciesOf } from './amounts.js';
import { fineOf } from './penalties.js';
import { daysOf } from './days-of.js';
import { refused } from './refused.js';

export const imposedInMoneyOfItsTime: Rule<'Fined'> = (fine, bench) => {
  const { amount, reported = [] } = fine.data;
  if (amount) refuseOutOfUse(amount, fine, bench, `${bench.pointer}/amount`);
  reported.forEach((money, index) => {
    refuseOutOfUse(money, fine, bench, `${bench.pointer}/reported/${index}`);
  });
};

export const inMoneyOfItsTime: Rule<'FineReduced' | 'FinePaid' | 'FineRefunded'> = (fact, bench) =>
  refuseOutOfUse(fact.data.amount, fact, bench, `${bench.pointer}/amount`);

/** In the currency of the fine, or the one that replaced it. */
export const inCurrencyOfFine: Rule<'FineReduced' | 'FinePaid' | 'FineRefunded'> = ({ data }, bench) => {
  const fine = fineOf(bench.file, data.penaltyId);
  const currencies = fine && currenciesOf(fine, bench.law);
  if (!currencies || currencies.has(data.amount.currency)) return;
  const replaces = bench.law.redenominations.some(
    ({ value }) => value.to === data.amount.currency && currencies.has(value.from),
  );
  if (!replaces) {
    const known = [...currencies].join(' or ');
    throw refused('wrong-currency', `this fine is in ${known}`, `${bench.pointer}/amount/currency`);
  }
};

/** Refused if the currency was in use on no day on which the fact can have happened. */
function refuseOutOfUse(money: Money, fact: FactInForce, { law }: Bench, pointer: string): void {
  const { earliest, latest } = daysOf(fact, law);
  for (const { value, validFrom } of law.redenominations) {
    const gone = money.currency === value.from && earliest !== null && earliest >= validFrom;
    const yetToCome = money.currency === value.to && latest < validFrom;
    if (gone || yetToCome) {
      const message = `${money.currency} was not in use on that date`;
      throw refused('currency-not-in-use', message, `${pointer}/currency`);
    }
  }
}
