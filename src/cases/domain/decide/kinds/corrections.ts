import { VOID_REASONS, type CorrectionFacts } from '../../facts/due-process-facts.js';
import { eventIsKnown, eventIsNotVoided, isCorrectable, isVoidable } from '../rules/corrections.js';
import { isObject, malformed, object, optional, type Reader } from '../shape/reading.js';
import { circumstance, oneOf, source, text, truth, uuid } from '../shape/values.js';
import type { KindsOf } from './kind.js';

/** Read further as what it replaces, once that is known. */
const payload: Reader<Record<string, unknown>> = (value, pointer) => {
  if (!isObject(value)) throw malformed(pointer, 'must be an object');
  return value;
};

export const correctionKinds: KindsOf<CorrectionFacts> = {
  EventCorrected: {
    reads: object<CorrectionFacts['EventCorrected']>({
      eventId: uuid,
      data: payload,
      reason: text,
      ...circumstance,
    }),
    keeps: ['eventId'],
    stands: [eventIsKnown, eventIsNotVoided, isCorrectable],
  },
  EventVoided: {
    reads: object<CorrectionFacts['EventVoided']>({
      eventId: uuid,
      reason: oneOf(VOID_REASONS),
      ...circumstance,
    }),
    keeps: ['eventId'],
    stands: [eventIsKnown, eventIsNotVoided, isVoidable],
  },
  SourceCited: {
    reads: object<CorrectionFacts['SourceCited']>({
      eventId: uuid,
      source,
      agrees: truth,
      differs: optional(text),
      ...circumstance,
    }),
    keeps: ['eventId'],
    stands: [eventIsKnown, eventIsNotVoided],
  },
};
