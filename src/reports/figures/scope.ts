import type { Filters } from '../content/content.js';
import type { Campaign } from './register.js';
import type { Place, Sheet } from './sheet.js';

/** What a thing must be linked to in order to count. Every one that is given must be met. */
export interface Scope {
  campaigns?: ReadonlySet<string>;
  family?: string;
  /** As `code/article`, or the article alone. */
  article?: string;
  region?: string;
}

export function scopeOf(
  { campaignId, family, article, region }: Filters,
  campaigns: readonly Campaign[],
): Scope {
  return {
    ...(campaignId === undefined ? {} : { campaigns: withWaves(campaignId, campaigns) }),
    ...(family === undefined ? {} : { family }),
    ...(article === undefined ? {} : { article }),
    ...(region === undefined ? {} : { region }),
  };
}

/** A campaign with its waves, and theirs. */
export function withWaves(campaignId: string, campaigns: readonly Campaign[]): ReadonlySet<string> {
  const within = new Set([campaignId]);
  // A set goes on to what is added while it is walked, and takes nothing twice.
  for (const id of within) {
    for (const campaign of campaigns) if (campaign.parentId === id) within.add(campaign.id);
  }
  return within;
}

/** Whether what happened in a case is linked to a scope. A link that nobody recorded is not made up. */
export interface Links {
  charge: (place: Place) => boolean;
  detention: (place: Place) => boolean;
  arrest: (place: Place) => boolean;
}

const EVERYTHING: Links = { charge: () => true, detention: () => true, arrest: () => true };

export function linksIn(sheet: Sheet, scope: Scope): Links {
  if (Object.keys(scope).length === 0) return EVERYTHING;
  const { arrests = [], charges = [], detentions = [], campaigns = [], articles = [] } = sheet;
  const isCampaign = (place: Place): boolean =>
    scope.campaigns === undefined || (place >= 0 && scope.campaigns.has(campaigns[place]!));
  const isRegion = (arrest: Place): boolean =>
    scope.region === undefined || (arrest >= 0 && arrests[arrest]![3] === scope.region);
  const isProvision = (place: Place): boolean => {
    if (scope.family === undefined && scope.article === undefined) return true;
    const named = articles[place];
    return (
      named !== undefined &&
      (scope.family === undefined || named[1] === scope.family) &&
      (scope.article === undefined || isArticle(named[0], scope.article))
    );
  };
  const campaignOfArrest = (arrest: Place): Place => (arrest < 0 ? -1 : arrests[arrest]![2]);
  const arrestOf = (detention: Place): Place => (detention < 0 ? -1 : detentions[detention]![0]);

  const chargeIs = charges.map(([, detention, campaign, article]) => {
    const arrest = arrestOf(detention);
    const linked = campaign >= 0 ? campaign : campaignOfArrest(arrest);
    return isCampaign(linked) && isProvision(article) && isRegion(arrest);
  });
  // Of one detention there may be several charges: one must meet the campaign, unless the arrest has its own, and the article.
  const isLinked = (detention: Place, arrest: Place): boolean => {
    if (!isRegion(arrest)) return false;
    const own = campaignOfArrest(arrest);
    const ownCampaign = scope.campaigns === undefined || own >= 0;
    if (ownCampaign && !isCampaign(own)) return false;
    if (ownCampaign && isProvision(-1)) return true;
    return charges.some(
      ([, of, campaign, article]) =>
        of === detention && (ownCampaign || isCampaign(campaign)) && isProvision(article),
    );
  };
  const detentionIs = detentions.map(([arrest], place) => isLinked(place, arrest));
  return {
    charge: (place) => place >= 0 && chargeIs[place]!,
    detention: (place) => place >= 0 && detentionIs[place]!,
    arrest: (place) => isLinked(arrests[place]![1], place),
  };
}

const isArticle = (provision: string, asked: string): boolean =>
  provision === asked || provision.endsWith(`/${asked}`);
