import { READABLE_CIRCUMSTANCE, READABLE_CORRECTIONS } from '../../cases/domain/facts/personal-fields.js';
import { readablePartBy, type ReadableFields } from '../../cases/domain/facts/readable-part.js';
import type { RegisterFacts, RegisterFactType } from './facts.js';

/**
 * What stays readable. Names of campaigns, who estimates and who is called upon are what reports print, and speak of no person of a
 * case: unlike the prose of a case they are not sealed (docs/adr/0033-the-register-streams.md).
 */
const READABLE: ReadableFields<RegisterFacts> = {
  CampaignDefined: {
    ...READABLE_CIRCUMSTANCE,
    name: true,
    period: true,
    trigger: true,
    parentId: true,
    ordinal: true,
  },
  EstimateRecorded: {
    ...READABLE_CIRCUMSTANCE,
    quantity: { op: true, value: true, low: true, high: true, word: true },
    unit: true,
    predicate: true,
    period: true,
    campaignId: true,
    estimator: true,
    relayedBy: true,
    asOf: true,
  },
  RecommendationIssued: {
    ...READABLE_CIRCUMSTANCE,
    kind: true,
    addressee: true,
    scope: { provision: { code: true, article: true, part: true }, campaignId: true },
  },
  ...READABLE_CORRECTIONS,
};

/** The part of a fact's data that is not sealed: see `readablePartBy`. */
export const readableFields = readablePartBy(READABLE);

/** Every kind of fact by name. */
export const REGISTER_FACT_TYPES = Object.keys(READABLE) as readonly RegisterFactType[];
