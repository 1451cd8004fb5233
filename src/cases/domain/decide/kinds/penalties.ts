import { ANNULLED_BY, PAID_BY, RUNS, type Claim, type PenaltyFacts } from '../../facts/proceeding-facts.js';
import { imposedInMoneyOfItsTime, inCurrencyOfFine, inMoneyOfItsTime } from '../rules/currencies.js';
import { isOutstanding, isSmaller, wasPaid } from '../rules/fines.js';
import { decisionIsKnown } from '../rules/known.js';
import {
  isFine,
  isNotAnnulled,
  isNotWithdrawn,
  isSentence,
  isShorter,
  penaltyIsKnown,
} from '../rules/penalties.js';
import { isInHundredths } from '../../money/base-units.js';
import { MOST_BASE_UNITS, MOST_ORDINAL, MOST_REPORTED } from '../shape/limits.js';
import { and, list, object, optional } from '../shape/reading.js';
import { circumstance, date, days, money, number, oneOf, text, uuid, whole } from '../shape/values.js';
import type { KindsOf } from './kind.js';

const claim = object<Claim>({ ordinal: optional(whole(1, MOST_ORDINAL)), cumulativeDays: optional(days) });

const baseUnits = and(number(0.01, MOST_BASE_UNITS), isInHundredths, 'must have at most two decimals');

const fined = object<PenaltyFacts['Fined']>({
  penaltyId: uuid,
  decisionId: uuid,
  proceedingId: optional(uuid),
  amount: optional(money),
  baseUnits: optional(baseUnits),
  reported: optional(list(money, 1, MOST_REPORTED)),
  ...circumstance,
});

export const penaltyKinds: KindsOf<PenaltyFacts> = {
  Sentenced: {
    reads: object<PenaltyFacts['Sentenced']>({
      penaltyId: uuid,
      decisionId: uuid,
      proceedingId: optional(uuid),
      days,
      runs: optional(oneOf(RUNS)),
      creditedFrom: optional(date),
      claimed: optional(claim),
      ...circumstance,
    }),
    keeps: ['penaltyId', 'decisionId'],
    stands: [decisionIsKnown],
  },
  Fined: {
    reads: and(
      fined,
      ({ amount, baseUnits: units, reported }) =>
        amount !== undefined || units !== undefined || reported !== undefined,
      'must give the amount, base units or reported amounts',
    ),
    keeps: ['penaltyId', 'decisionId'],
    stands: [decisionIsKnown],
    says: [imposedInMoneyOfItsTime],
  },
  SentenceReduced: {
    reads: object<PenaltyFacts['SentenceReduced']>({ penaltyId: uuid, days, by: text, ...circumstance }),
    keeps: ['penaltyId'],
    stands: [penaltyIsKnown, isSentence, isNotAnnulled],
    says: [isShorter],
  },
  FineReduced: {
    reads: object<PenaltyFacts['FineReduced']>({ penaltyId: uuid, amount: money, by: text, ...circumstance }),
    keeps: ['penaltyId'],
    stands: [penaltyIsKnown, isFine, isNotAnnulled],
    says: [inMoneyOfItsTime, inCurrencyOfFine, isSmaller],
  },
  PenaltyAnnulled: {
    reads: object<PenaltyFacts['PenaltyAnnulled']>({
      penaltyId: uuid,
      by: oneOf(ANNULLED_BY),
      ...circumstance,
    }),
    keeps: ['penaltyId'],
    stands: [penaltyIsKnown, isNotAnnulled],
  },
  FineWithdrawn: {
    reads: object<PenaltyFacts['FineWithdrawn']>({ penaltyId: uuid, ...circumstance }),
    keeps: ['penaltyId'],
    stands: [penaltyIsKnown, isFine, isNotAnnulled, isNotWithdrawn],
  },
  FinePaid: {
    reads: object<PenaltyFacts['FinePaid']>({
      penaltyId: uuid,
      amount: money,
      by: oneOf(PAID_BY),
      ...circumstance,
    }),
    keeps: ['penaltyId'],
    stands: [penaltyIsKnown, isFine, isNotAnnulled],
    says: [inMoneyOfItsTime, inCurrencyOfFine, isOutstanding],
  },
  FineRefunded: {
    reads: object<PenaltyFacts['FineRefunded']>({ penaltyId: uuid, amount: money, ...circumstance }),
    keeps: ['penaltyId'],
    stands: [penaltyIsKnown, isFine],
    says: [inMoneyOfItsTime, inCurrencyOfFine, wasPaid],
  },
};
