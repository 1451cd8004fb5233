import type { Filters } from '../../../../src/reports/content/content.js';
import type { Campaign } from '../../../../src/reports/figures/register.js';
import { ofType, type Known } from '../../oracle/known.js';

/** What a thing is linked to: one of the ways must meet what is asked about campaign and article, and the region must. */
export interface Linked {
  ways: { campaign?: string | undefined; provision?: string | undefined }[];
  region?: string | undefined;
}

const NOTHING: Linked = { ways: [] };

export interface Links {
  arrest: (fact: Known<'Arrested'>) => Linked;
  detention: (id: string | undefined) => Linked;
  proceeding: (id: string | undefined) => Linked;
  provision: (proceedingId: string | undefined) => string | undefined;
}

export function linksOf(known: readonly Known[]): Links {
  const arrests = ofType(known, 'Arrested');
  const charges = ofType(known, 'Charged');
  const provisionOf = ({ data: { provision } }: Known<'Charged'>): string | undefined =>
    provision && `${provision.code}/${provision.article}`;
  const named = (id: string): Linked => {
    const arrest = arrests.find(({ data }) => data.detentionId === id);
    const own = arrest?.data.campaignId;
    const naming = charges.filter(({ data }) => data.detentionId === id);
    return {
      ways: [
        { campaign: own },
        ...naming.map((charge) => ({
          campaign: own ?? charge.data.campaignId,
          provision: provisionOf(charge),
        })),
      ],
      region: arrest?.data.place?.region,
    };
  };
  const isNamed = (id: string): boolean =>
    known.some(({ data }) => 'detentionId' in data && data.detentionId === id);
  const chargeIn = (id: string | undefined): Known<'Charged'> | undefined =>
    id === undefined ? undefined : charges.find(({ data }) => data.proceedingId === id);
  return {
    arrest: (fact) => named(fact.data.detentionId),
    detention: (id) => (id !== undefined && isNamed(id) ? named(id) : NOTHING),
    proceeding: (id) => {
      const charge = chargeIn(id);
      if (!charge) return NOTHING;
      const arrest = arrests.find(({ data }) => data.detentionId === charge.data.detentionId);
      return {
        ways: [
          { campaign: charge.data.campaignId ?? arrest?.data.campaignId, provision: provisionOf(charge) },
        ],
        region: arrest?.data.place?.region,
      };
    },
    provision: (id) => {
      const charge = chargeIn(id);
      return charge && provisionOf(charge);
    },
  };
}

const FAMILIES: Record<string, string> = {
  '23.34': 'mass_events',
  '24.23': 'mass_events',
  '23.4': 'disobedience',
  '24.3': 'disobedience',
  '17.1': 'petty_hooliganism',
  '19.1': 'petty_hooliganism',
};

export const familyOf = (provision: string): string => FAMILIES[provision.split('/')[1]!] ?? provision;

type Asked = Pick<Filters, 'campaignId' | 'family' | 'article' | 'region'>;

export function isLinked({ ways, region }: Linked, asked: Asked, campaigns: readonly Campaign[]): boolean {
  const { campaignId, family, article } = asked;
  if (
    campaignId === undefined &&
    family === undefined &&
    article === undefined &&
    asked.region === undefined
  ) {
    return true;
  }
  if (asked.region !== undefined && region !== asked.region) return false;
  return ways.some(
    ({ campaign, provision }) =>
      (campaignId === undefined || isWithin(campaign, campaignId, campaigns)) &&
      (family === undefined || (provision !== undefined && familyOf(provision) === family)) &&
      (article === undefined ||
        (provision !== undefined && [provision, provision.split('/')[1]].includes(article))),
  );
}

/** The campaign itself, or one of which it is a wave, however far up. */
function isWithin(campaign: string | undefined, wanted: string, campaigns: readonly Campaign[]): boolean {
  if (campaign === undefined) return false;
  if (campaign === wanted) return true;
  return isWithin(campaigns.find(({ id }) => id === campaign)?.parentId, wanted, campaigns);
}
