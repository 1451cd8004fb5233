import { object, optional, malformed, type Reader } from '../../cases/domain/decide/shape/reading.js';
import { circumstance, date, oneOf, textUpTo, uuid, whole } from '../../cases/domain/decide/shape/values.js';
import { provision } from '../../cases/domain/decide/kinds/proceedings.js';
import {
  ESTIMATE_UNITS,
  PREDICATES,
  QUANTITY_OPS,
  RECOMMENDATION_KINDS,
  type Quantity,
  type Scope,
  type SubjectFacts,
  type SubjectType,
} from './facts.js';
import { LONGEST_NAME, LONGEST_WORD, MOST_COUNTED, MOST_ORDINAL } from './limits.js';
import { quantityFault } from './quantity.js';

const name = textUpTo(LONGEST_NAME);
const count = whole(0, MOST_COUNTED);

const quantityMembers = object<Quantity>({
  op: oneOf(QUANTITY_OPS),
  value: optional(count),
  low: optional(count),
  high: optional(count),
  word: optional(textUpTo(LONGEST_WORD)),
});

const quantity: Reader<Quantity> = (value, pointer) => {
  const read = quantityMembers(value, pointer);
  const fault = quantityFault(read);
  if (fault) throw malformed(`${pointer}/${fault.member}`, fault.message);
  return read;
};

/** How the data of each kind of subject are read. */
const READERS: { readonly [T in SubjectType]: Reader<SubjectFacts[T]> } = {
  CampaignDefined: object<SubjectFacts['CampaignDefined']>({
    name,
    period: date,
    trigger: optional(name),
    parentId: optional(uuid),
    ordinal: optional(whole(1, MOST_ORDINAL)),
    ...circumstance,
  }),
  EstimateRecorded: object<SubjectFacts['EstimateRecorded']>({
    quantity,
    unit: oneOf(ESTIMATE_UNITS),
    predicate: oneOf(PREDICATES),
    period: date,
    campaignId: optional(uuid),
    estimator: name,
    relayedBy: optional(name),
    asOf: optional(date),
    ...circumstance,
  }),
  RecommendationIssued: object<SubjectFacts['RecommendationIssued']>({
    kind: oneOf(RECOMMENDATION_KINDS),
    addressee: name,
    scope: object<Scope>({ provision: optional(provision), campaignId: optional(uuid) }),
    ...circumstance,
  }),
};

/** What a stream is opened with, by what it is of. */
export const SUBJECTS = {
  campaign: 'CampaignDefined',
  estimate: 'EstimateRecorded',
  recommendation: 'RecommendationIssued',
} as const satisfies Record<string, SubjectType>;

export type Subject = keyof typeof SUBJECTS;

export const subjectsData = <S extends Subject>(
  subject: S,
  data: object,
  pointer: string,
): SubjectFacts[(typeof SUBJECTS)[S]] => READERS[SUBJECTS[subject]](data, pointer);
