import type { Uuid } from '../../cases/domain/facts/common.js';
import { corrections, voidedEvents } from '../../cases/domain/file/facts-in-force.js';
import type { RecordedRegisterFact, SubjectFacts, SubjectType } from './facts.js';

/** What became of one subject, as it stands. */
interface Standing {
  /** Of the last event of its stream. */
  revision: number;
  /** When it was first recorded: RFC 3339 in UTC. */
  recordedAt: string;
  /** The event that it was recorded with: the one to correct or to void. */
  eventId: Uuid;
}

export type Campaign = Standing & { campaignId: Uuid } & SubjectFacts['CampaignDefined'];
export type Estimate = Standing & { estimateId: Uuid } & SubjectFacts['EstimateRecorded'];
export type Recommendation = Standing & { recommendationId: Uuid } & SubjectFacts['RecommendationIssued'];

/** All that is in force: neither voided nor in a form that was corrected. Plain data, each list in the order of recording. */
export interface Register {
  campaigns: readonly Campaign[];
  estimates: readonly Estimate[];
  recommendations: readonly Recommendation[];
}

/** `recorded` is of any number of streams, in the order of the store. */
export function registerOf(recorded: readonly RecordedRegisterFact[]): Register {
  const voided = voidedEvents(recorded);
  const corrected = corrections(recorded, voided);
  const revisions = new Map(recorded.map(({ stream, revision }) => [stream, revision]));
  const standing = <T extends SubjectType>(type: T) =>
    recorded.flatMap((fact) => {
      if (fact.type !== type || voided.has(fact.eventId)) return [];
      const { eventId, stream, subjectId, recordedAt } = fact;
      const data = (corrected.get(eventId) ?? fact).data as unknown as SubjectFacts[T];
      const revision = revisions.get(stream) ?? fact.revision;
      return [{ subjectId, stands: { ...data, revision, recordedAt, eventId } }];
    });
  return {
    campaigns: standing('CampaignDefined').map(({ subjectId, stands }) => ({
      campaignId: subjectId,
      ...stands,
    })),
    estimates: standing('EstimateRecorded').map(({ subjectId, stands }) => ({
      estimateId: subjectId,
      ...stands,
    })),
    recommendations: standing('RecommendationIssued').map(({ subjectId, stands }) => ({
      recommendationId: subjectId,
      ...stands,
    })),
  };
}
