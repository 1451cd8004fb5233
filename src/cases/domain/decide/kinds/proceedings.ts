import {
  ACT_KINDS,
  APPEAL_OUTCOMES,
  CHARGE_KINDS,
  OUTCOMES,
  PART_NUMBER,
  PROVISION_ID,
  type ProceedingFacts,
  type Provision,
} from '../../facts/proceeding-facts.js';
import {
  appealIsKnown,
  decisionIsKnown,
  firstOutcome,
  hearingIsKnown,
  provisionIsKnown,
} from '../rules/known.js';
import { object, optional } from '../shape/reading.js';
import { circumstance, date, matching, oneOf, text, truth, uuid } from '../shape/values.js';
import type { KindsOf } from './kind.js';

const id = matching(PROVISION_ID, 'must be of letters, digits, points and hyphens');
const part = matching(PART_NUMBER, 'must be a number like 1 or 1-1');

export const provision = object<Provision>({ code: id, article: id, part: optional(part) });

/** Hearings, decisions and terminations may name a proceeding that is recorded only later. */
export const proceedingKinds: KindsOf<ProceedingFacts> = {
  Charged: {
    reads: object<ProceedingFacts['Charged']>({
      proceedingId: uuid,
      kind: optional(oneOf(CHARGE_KINDS)),
      provision: optional(provision),
      allegedAct: optional(text),
      actKind: optional(oneOf(ACT_KINDS)),
      campaignId: optional(uuid),
      detentionId: optional(uuid),
      ...circumstance,
    }),
    keeps: ['proceedingId'],
    says: [provisionIsKnown],
  },
  HearingScheduled: {
    reads: object<ProceedingFacts['HearingScheduled']>({
      hearingId: uuid,
      proceedingId: uuid,
      court: optional(text),
      judge: optional(text),
      ...circumstance,
    }),
    keeps: ['hearingId', 'proceedingId'],
  },
  HearingHeld: {
    reads: object<ProceedingFacts['HearingHeld']>({
      hearingId: uuid,
      counselPresent: optional(truth),
      ...circumstance,
    }),
    keeps: ['hearingId'],
    stands: [hearingIsKnown],
  },
  HearingAdjourned: {
    reads: object<ProceedingFacts['HearingAdjourned']>({
      hearingId: uuid,
      to: optional(date),
      ...circumstance,
    }),
    keeps: ['hearingId'],
    stands: [hearingIsKnown],
  },
  DecisionRendered: {
    reads: object<ProceedingFacts['DecisionRendered']>({
      decisionId: uuid,
      proceedingId: optional(uuid),
      outcome: oneOf(OUTCOMES),
      court: optional(text),
      judge: optional(text),
      ...circumstance,
    }),
    keeps: ['decisionId'],
  },
  ProceedingTerminated: {
    reads: object<ProceedingFacts['ProceedingTerminated']>({ proceedingId: uuid, by: text, ...circumstance }),
    keeps: ['proceedingId'],
  },
  AppealFiled: {
    reads: object<ProceedingFacts['AppealFiled']>({ appealId: uuid, decisionId: uuid, ...circumstance }),
    keeps: ['appealId', 'decisionId'],
    stands: [decisionIsKnown],
  },
  AppealDecided: {
    reads: object<ProceedingFacts['AppealDecided']>({
      appealId: uuid,
      outcome: oneOf(APPEAL_OUTCOMES),
      ...circumstance,
    }),
    keeps: ['appealId'],
    stands: [appealIsKnown, firstOutcome],
  },
};
