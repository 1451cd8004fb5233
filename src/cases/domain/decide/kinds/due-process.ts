import {
  CONDITION_KINDS,
  PRETEXTS,
  REPORTERS,
  type DueProcessFacts,
  type HoursRange,
} from '../../facts/due-process-facts.js';
import { denialIsKnown } from '../rules/known.js';
import { MOST_REQUESTS } from '../shape/limits.js';
import { and, object, optional } from '../shape/reading.js';
import { circumstance, date, hours, oneOf, text, truth, uuid, whole } from '../shape/values.js';
import type { KindsOf } from './kind.js';

const duration = and(
  object<HoursRange>({ atLeastHours: optional(hours), atMostHours: optional(hours) }),
  ({ atLeastHours, atMostHours }) =>
    (atLeastHours !== undefined || atMostHours !== undefined) &&
    !((atLeastHours ?? 0) > (atMostHours ?? Infinity)),
  'must say how many hours at least or at most, and no more at least than at most',
);

export const dueProcessKinds: KindsOf<DueProcessFacts> = {
  CounselDenied: {
    reads: object<DueProcessFacts['CounselDenied']>({
      denialId: uuid,
      detentionId: optional(uuid),
      until: optional(date),
      duration: optional(duration),
      requests: optional(whole(0, MOST_REQUESTS)),
      pretext: optional(oneOf(PRETEXTS)),
      pretextText: optional(text),
      authority: optional(text),
      ...circumstance,
    }),
    keeps: ['denialId'],
  },
  CounselGranted: {
    reads: object<DueProcessFacts['CounselGranted']>({
      denialId: optional(uuid),
      detentionId: optional(uuid),
      private: optional(truth),
      ...circumstance,
    }),
    keeps: [],
    says: [denialIsKnown],
  },
  ConditionReported: {
    reads: object<DueProcessFacts['ConditionReported']>({
      detentionId: optional(uuid),
      kind: oneOf(CONDITION_KINDS),
      hours: optional(hours),
      facility: optional(text),
      actor: optional(text),
      reportedBy: oneOf(REPORTERS),
      text: optional(text),
      ...circumstance,
    }),
    keeps: [],
  },
};
