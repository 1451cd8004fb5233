import { further, isKnownBy, NOTHING_SEEN, type KnownBy, type Seen } from '../../cases/case-history.js';
import { boundsOf } from '../../cases/domain/dates/bounds.js';
import type { RecordedDate, Source } from '../../cases/domain/facts/common.js';
import type { RegisterBook } from '../../register/register-book.js';
import type { Period, Register } from '../figures/register.js';

/** What is recorded beside the cases, as known then, and how far the events go that say so. */
export interface RegisterThen {
  register: Register;
  seen: Seen;
}

/** Campaigns, estimates and recommendations as figures need them: their dates as days. */
export async function registerThen(
  book: RegisterBook,
  known: KnownBy,
  timeZone: string,
): Promise<RegisterThen> {
  const { campaigns, estimates, recommendations } = await book.load(known);
  const seen = (await book.events()).filter(isKnownBy(known)).reduce(further, NOTHING_SEEN);
  const daysOf = (written: RecordedDate | undefined, one: Recorded): Period =>
    boundsOf(written, one.sources ?? [], one.recordedAt, timeZone);
  const asOfIn = (estimate: Recorded & { asOf?: RecordedDate }): Period => {
    const days = daysOf(estimate.asOf, estimate);
    return estimate.asOf === undefined ? { earliest: days.latest, latest: days.latest } : days;
  };
  return {
    seen,
    register: {
      campaigns: campaigns.map((campaign) => ({
        id: campaign.campaignId,
        name: campaign.name,
        period: daysOf(campaign.period, campaign),
        ...(campaign.parentId !== undefined && { parentId: campaign.parentId }),
        ...(campaign.ordinal !== undefined && { ordinal: campaign.ordinal }),
      })),
      estimates: estimates.map((estimate) => ({
        id: estimate.estimateId,
        quantity: estimate.quantity,
        unit: estimate.unit,
        predicate: estimate.predicate,
        period: daysOf(estimate.period, estimate),
        asOf: asOfIn(estimate),
        ...(estimate.campaignId !== undefined && { campaignId: estimate.campaignId }),
        estimator: estimate.estimator,
      })),
      recommendations: recommendations.map((recommendation) => ({
        id: recommendation.recommendationId,
        kind: recommendation.kind,
        addressee: recommendation.addressee,
        on: daysOf(recommendation.at, recommendation),
        scope: {
          ...(recommendation.scope.provision && { provision: recommendation.scope.provision }),
          ...(recommendation.scope.campaignId !== undefined && {
            campaignId: recommendation.scope.campaignId,
          }),
        },
      })),
    },
  };
}

type Recorded = { sources?: readonly Source[]; recordedAt: string };
