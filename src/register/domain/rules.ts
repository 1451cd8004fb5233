import { refused } from '../../cases/domain/decide/rules/refused.js';
import { isKnownProvision, type Law } from '../../cases/domain/law/law.js';
import { Refusal } from '../../cases/domain/refusal.js';
import type { Campaign, Estimate, Recommendation, Register } from './register.js';

/** What a subject is judged by. */
export interface Bench {
  /** All that stands, the subject included. */
  register: Register;
  law: Law;
  /** Where in the request a member of its data stands. */
  at(member: string): string;
}

/** A wave has a campaign above it, and that has none. */
export function judgeCampaign(campaign: Campaign, { register, at }: Bench): void {
  const { campaignId, parentId, ordinal } = campaign;
  const others = register.campaigns.filter((other) => other.campaignId !== campaignId);
  if (parentId !== undefined) {
    const parent = others.find((other) => other.campaignId === parentId);
    if (!parent) throw unknownCampaign(at('parentId'));
    if (parent.parentId !== undefined) throw waveOfAWave('the parent is a wave itself', at('parentId'));
    if (others.some((other) => other.parentId === campaignId))
      throw waveOfAWave('this campaign has waves itself', at('parentId'));
  }
  if (ordinal === undefined) return;
  if (others.some((other) => other.parentId === parentId && other.ordinal === ordinal)) {
    throw refused('ordinal-taken', 'another campaign of this parent has this number', at('ordinal'));
  }
}

export function judgeEstimate({ campaignId }: Estimate, { register, at }: Bench): void {
  campaignIsKnown(register, campaignId, at('campaignId'));
}

export function judgeRecommendation({ scope }: Recommendation, { register, law, at }: Bench): void {
  campaignIsKnown(register, scope.campaignId, at('scope/campaignId'));
  if (scope.provision && !isKnownProvision(law, scope.provision)) {
    throw new Refusal(
      'semantic',
      'unknown-provision',
      'the law file knows no such article of such a code',
      at('scope/provision'),
    );
  }
}

/** What others name cannot go: they would name nothing. */
export function refuseIfNamed(campaignId: string, register: Register, pointer: string): void {
  const isNamed =
    register.campaigns.some(({ parentId }) => parentId === campaignId) ||
    register.estimates.some((estimate) => estimate.campaignId === campaignId) ||
    register.recommendations.some(({ scope }) => scope.campaignId === campaignId);
  if (isNamed) {
    throw refused(
      'campaign-in-use',
      'a wave, an estimate or a recommendation names this campaign: correct or void that first',
      pointer,
    );
  }
}

function campaignIsKnown({ campaigns }: Register, campaignId: string | undefined, pointer: string): void {
  if (campaignId === undefined || campaigns.some((campaign) => campaign.campaignId === campaignId)) return;
  throw unknownCampaign(pointer);
}

const unknownCampaign = (pointer: string): Refusal =>
  refused('unknown-campaign', 'no campaign of this id is recorded', pointer);

const waveOfAWave = (why: string, pointer: string): Refusal =>
  refused('wave-of-a-wave', `a wave has no waves: ${why}`, pointer);
