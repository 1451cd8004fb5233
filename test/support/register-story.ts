import type { RegisterCommand } from '../../src/register/domain/decide.js';
import type { SubjectFacts } from '../../src/register/domain/facts.js';
import { id } from './derived.js';
import type { Told } from './given-register.js';

/** What is asked of the register; `n`: of the nth fact that it was given. */
export const record = (data: object): RegisterCommand => ({ do: 'record', data });
export const correct = (n: number, data: object): RegisterCommand => ({
  do: 'correct',
  data: { eventId: id(`e${n}`), data, reason: 'read again' },
});
export const voided = (n: number): RegisterCommand => ({
  do: 'void',
  data: { eventId: id(`e${n}`), reason: 'entered_in_error' },
});

/** What it was given, called by a name. */
export const campaign = (name: string, more: Partial<SubjectFacts['CampaignDefined']> = {}): Told => [
  'campaign',
  name,
  { type: 'CampaignDefined', data: { name, period: '2019-11/2020-01', ...more } },
];
export const wave = (name: string, parent: string, ordinal?: number): Told =>
  campaign(name, { parentId: id(parent), ...(ordinal !== undefined && { ordinal }) });
export const voiding = (name: string, n: number): Told => [
  'campaign',
  name,
  { type: 'EventVoided', data: { eventId: id(`e${n}`), reason: 'entered_in_error' } },
];

export const over150: SubjectFacts['EstimateRecorded'] = {
  quantity: { op: 'gt', value: 150 },
  unit: 'persons',
  predicate: 'charged_and_fined',
  period: '2019-11/2020-01',
  estimator: 'Viasna',
};
export const estimate = (name: string, more: object = {}): Told => [
  'estimate',
  name,
  { type: 'EstimateRecorded', data: { ...over150, ...more } },
];
export const call: SubjectFacts['RecommendationIssued'] = {
  kind: 'withdraw_fines',
  addressee: 'the authorities',
  scope: {},
};
export const autumn = { name: 'autumn', period: '2019-11/2020-01' };
