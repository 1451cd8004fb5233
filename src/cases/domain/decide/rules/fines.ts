import type { Rule } from './rule.js';
import { imposedAmount, rangeOf } from './amounts.js';
import { owedOn, sumPaid } from './owed.js';
import { fineOf } from './penalties.js';
import { daysOf } from './days-of.js';
import { refused } from './refused.js';

/** Against the fine as imposed: of several reductions, the latest by date holds, in whatever order they came in. */
export const isSmaller: Rule<'FineReduced'> = ({ data }, { file, law, pointer }) => {
  const fine = fineOf(file, data.penaltyId);
  const imposed = fine && imposedAmount(fine, law);
  const { least, currency } = rangeOf(data.amount, law);
  if (imposed?.currency === currency && least >= imposed.minor) {
    throw refused('not-a-reduction', 'the fine imposed was no more than that', `${pointer}/amount`);
  }
};

/** Refused only where it is too much at every reading of the amounts recorded. */
export const isOutstanding: Rule<'FinePaid'> = (payment, { file, law, pointer }) => {
  const { penaltyId, amount } = payment.data;
  const fine = fineOf(file, penaltyId);
  const owed = fine && owedOn(daysOf(payment, law).latest, fine, file, law);
  const paying = rangeOf(amount, law);
  if (!owed || owed.currency !== paying.currency) return;
  const which = { file, law, penaltyId, currency: paying.currency };
  const paid = sumPaid({ ...which, type: 'FinePaid' }, 'least');
  const refunded = sumPaid({ ...which, type: 'FineRefunded' }, 'most');
  if (paid === undefined || refunded === undefined) return;
  if (paid - refunded + paying.least > owed.minor) {
    throw refused('payment-above-outstanding', 'less than that is outstanding', `${pointer}/amount`);
  }
};

/** An annulled fine is given back like any other: what was paid is the only limit. */
export const wasPaid: Rule<'FineRefunded'> = ({ data }, { file, law, pointer }) => {
  const refunding = rangeOf(data.amount, law);
  const which = { file, law, penaltyId: data.penaltyId, currency: refunding.currency };
  const paid = sumPaid({ ...which, type: 'FinePaid' }, 'most');
  const refunded = sumPaid({ ...which, type: 'FineRefunded' }, 'least');
  if (paid === undefined || refunded === undefined) return;
  if (refunded + refunding.least > paid) {
    throw refused('refund-above-paid', 'less than that was paid and not yet refunded', `${pointer}/amount`);
  }
};
