import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { id } from '../../../test/support/derived.js';
import { givenRegister, recordedInRegister, type Told } from '../../../test/support/given-register.js';
import type { RegisterCommand } from './decide.js';
import { QUANTITY_OPS, type SubjectFacts } from './facts.js';
import { quantityFault } from './quantity.js';
import { registerOf } from './register.js';

const record = (data: object): RegisterCommand => ({ do: 'record', data });
const correct = (n: number, data: object): RegisterCommand => ({
  do: 'correct',
  data: { eventId: id(`e${n}`), data, reason: 'read again' },
});
const voided = (n: number): RegisterCommand => ({
  do: 'void',
  data: { eventId: id(`e${n}`), reason: 'entered_in_error' },
});

const campaign = (name: string, more: Partial<SubjectFacts['CampaignDefined']> = {}): Told => [
  'campaign',
  name,
  { type: 'CampaignDefined', data: { name, period: '2019-11/2020-01', ...more } },
];
const wave = (name: string, parent: string, ordinal?: number): Told =>
  campaign(name, { parentId: id(parent), ...(ordinal !== undefined && { ordinal }) });
const voiding = (name: string, n: number): Told => [
  'campaign',
  name,
  { type: 'EventVoided', data: { eventId: id(`e${n}`), reason: 'entered_in_error' } },
];

const over150: SubjectFacts['EstimateRecorded'] = {
  quantity: { op: 'gt', value: 150 },
  unit: 'persons',
  predicate: 'charged_and_fined',
  period: '2019-11/2020-01',
  estimator: 'Viasna',
};
const estimate = (name: string, more: object = {}): Told => [
  'estimate',
  name,
  { type: 'EstimateRecorded', data: { ...over150, ...more } },
];
const call: SubjectFacts['RecommendationIssued'] = {
  kind: 'withdraw_fines',
  addressee: 'the authorities',
  scope: {},
};
const autumn = { name: 'autumn', period: '2019-11/2020-01' };

describe('a campaign', () => {
  it('is recorded as it was told', () => {
    const data = { ...autumn, trigger: 'the election', at: '2020-02-07', remark: 'so far' };
    givenRegister().when('campaign', 'autumn', record(data)).thenRecorded({ type: 'CampaignDefined', data });
  });

  it('is a wave if it has a parent, and that is recorded', () => {
    const data = { ...autumn, parentId: id('autumn'), ordinal: 1 };
    givenRegister(campaign('autumn'))
      .when('campaign', 'first', record(data))
      .thenRecorded({ type: 'CampaignDefined', data });
    givenRegister().when('campaign', 'first', record(data)).thenRefused('unknown-campaign', '/body/parentId');
    givenRegister(campaign('autumn'), voiding('autumn', 0))
      .when('campaign', 'first', record(data))
      .thenRefused('unknown-campaign', '/body/parentId');
  });

  it('is no wave of itself, nor of a wave', () => {
    givenRegister()
      .when('campaign', 'autumn', record({ ...autumn, parentId: id('autumn') }))
      .thenRefused('unknown-campaign', '/body/parentId');
    givenRegister(campaign('autumn'), wave('first', 'autumn'))
      .when('campaign', 'second', record({ ...autumn, parentId: id('first') }))
      .thenRefused('wave-of-a-wave', '/body/parentId');
    givenRegister(campaign('autumn'), wave('first', 'autumn'), campaign('spring'))
      .when('campaign', 'autumn', correct(0, { ...autumn, parentId: id('spring') }))
      .thenRefused('wave-of-a-wave', '/body/data/parentId');
    givenRegister(campaign('autumn'), wave('first', 'autumn'))
      .when('campaign', 'autumn', correct(0, { ...autumn, parentId: id('first') }))
      .thenRefused('wave-of-a-wave', '/body/data/parentId');
  });

  it('has a number of its own among those of its parent', () => {
    const third = { ...autumn, parentId: id('autumn'), ordinal: 2 };
    givenRegister(campaign('autumn'), wave('first', 'autumn', 1), wave('second', 'autumn', 2))
      .when('campaign', 'third', record(third))
      .thenRefused('ordinal-taken', '/body/ordinal');
    givenRegister(campaign('autumn'), wave('first', 'autumn', 1))
      .when('campaign', 'third', record(third))
      .thenRecorded({ type: 'CampaignDefined', data: third });
    givenRegister(campaign('autumn'), wave('first', 'autumn', 2), voiding('first', 1))
      .when('campaign', 'third', record(third))
      .thenRecorded({ type: 'CampaignDefined', data: third });
    givenRegister(campaign('autumn', { ordinal: 1 }))
      .when('campaign', 'spring', record({ ...autumn, ordinal: 1 }))
      .thenRefused('ordinal-taken', '/body/ordinal');
  });

  it('has an id that nothing else here has, also where that was voided', () => {
    givenRegister(campaign('autumn'))
      .when('campaign', 'autumn', record(autumn))
      .thenRefused('id-already-used', '/body/campaignId');
    givenRegister(campaign('autumn'), voiding('autumn', 0))
      .when('campaign', 'autumn', record(autumn))
      .thenRefused('id-already-used', '/body/campaignId');
    givenRegister(campaign('autumn'))
      .when('estimate', 'autumn', record(over150))
      .thenRefused('id-already-used', '/body/estimateId');
  });

  it.each([
    [{ period: '2019-11/2020-01' }, 'name', 'missing-field'],
    [{ ...autumn, period: 'autumn' }, 'period', 'invalid-date'],
    [{ ...autumn, period: '2019-02-30' }, 'period', 'invalid-date'],
    [{ ...autumn, ordinal: 0 }, 'ordinal', 'invalid-field'],
    [{ ...autumn, parentId: 'autumn' }, 'parentId', 'invalid-field'],
    [{ ...autumn, wave: 1 }, 'wave', 'unknown-member'],
  ])('%j is none: %s', (data, member, code) => {
    givenRegister()
      .when('campaign', 'autumn', record(data))
      .thenRefused(code, `/body/${member}`, 'malformed');
  });

  it.each([
    ['a wave', wave('first', 'autumn')],
    ['an estimate', estimate('of Viasna', { campaignId: id('autumn') })],
    [
      'a recommendation',
      [
        'recommendation',
        'call',
        { type: 'RecommendationIssued', data: { ...call, scope: { campaignId: id('autumn') } } },
      ] as Told,
    ],
  ])('is not voided while %s names it', (_, naming) => {
    givenRegister(campaign('autumn'), naming)
      .when('campaign', 'autumn', voided(0))
      .thenRefused('campaign-in-use', '/body/eventId');
    givenRegister(campaign('autumn'), estimate('of Viasna'))
      .when('campaign', 'autumn', voided(0))
      .thenRecorded({ type: 'EventVoided', data: { eventId: id('e0'), reason: 'entered_in_error' } });
  });

  it('does not come back by the void of a void where it has no place any more', () => {
    givenRegister(
      campaign('autumn'),
      wave('first', 'autumn', 1),
      voiding('first', 1),
      wave('other', 'autumn', 1),
    )
      .when('campaign', 'first', voided(2))
      .thenRefused('ordinal-taken', '/body/eventId');
  });
});

describe('an estimate', () => {
  it('is of any campaign, or of one that is recorded', () => {
    givenRegister()
      .when('estimate', 'of Viasna', record(over150))
      .thenRecorded({ type: 'EstimateRecorded', data: over150 });
    const data = { ...over150, campaignId: id('autumn') };
    givenRegister(campaign('autumn'))
      .when('estimate', 'of Viasna', record(data))
      .thenRecorded({ type: 'EstimateRecorded', data });
    givenRegister()
      .when('estimate', 'of Viasna', record(data))
      .thenRefused('unknown-campaign', '/body/campaignId');
  });

  it.each([
    [{ op: 'between', low: 5, high: 4 }, 'high'],
    [{ op: 'between', low: 5 }, 'high'],
    [{ op: 'between', high: 5, word: 'few' }, 'low'],
    [{ op: 'between', low: 4, high: 5, value: 4 }, 'value'],
    [{ op: 'gt' }, 'value'],
    [{ op: 'about', low: 5, word: 'some' }, 'low'],
    [{ op: 'ge', value: 5, high: 6 }, 'high'],
    [{ op: 'eq', value: 1.5 }, 'value'],
    [{ op: 'eq', value: -1 }, 'value'],
    [{ op: 'most', value: 1 }, 'op'],
  ])('of %j is none', (quantity, member) => {
    givenRegister()
      .when('estimate', 'of Viasna', record({ ...over150, quantity }))
      .thenRefused('invalid-field', `/body/quantity/${member}`, 'malformed');
    givenRegister(estimate('of Viasna'))
      .when('estimate', 'of Viasna', correct(0, { ...over150, quantity }))
      .thenRefused('invalid-field', `/body/data/quantity/${member}`, 'malformed');
  });

  it.each([
    { op: 'between', low: 4, high: 4 },
    { op: 'about', word: 'dozens' },
    { op: 'gt', value: 150, word: 'over 150' },
  ])('may be of %j', (quantity) => {
    const data = { ...over150, quantity } as SubjectFacts['EstimateRecorded'];
    givenRegister()
      .when('estimate', 'of Viasna', record(data))
      .thenRecorded({ type: 'EstimateRecorded', data });
  });
});

describe('a recommendation', () => {
  it('is about a campaign that is recorded and a provision that the law knows', () => {
    const provision = { code: 'BY-CoAO-2003', article: '23.34' };
    const data = { ...call, scope: { provision, campaignId: id('autumn') } };
    givenRegister(campaign('autumn'))
      .when('recommendation', 'call', record(data))
      .thenRecorded({ type: 'RecommendationIssued', data });
    givenRegister()
      .when('recommendation', 'call', record(data))
      .thenRefused('unknown-campaign', '/body/scope/campaignId');
    givenRegister()
      .when('recommendation', 'call', record({ ...call, scope: { provision: { code: 'BY', article: '1' } } }))
      .thenRefused('unknown-provision', '/body/scope/provision', 'semantic');
  });
});

describe('a mistake', () => {
  it('is corrected by the whole of the new data', () => {
    givenRegister(campaign('autumn'))
      .when('campaign', 'autumn', correct(0, { ...autumn, name: 'Autumn' }))
      .thenRecorded({
        type: 'EventCorrected',
        data: { eventId: id('e0'), data: { ...autumn, name: 'Autumn' }, reason: 'read again' },
      });
  });

  it.each([
    ['of another stream', 'estimate', 'of Viasna', correct(0, over150), 'unknown-event'],
    ['in a void', 'campaign', 'autumn', correct(2, autumn), 'not-correctable'],
    ['in what is voided', 'campaign', 'autumn', correct(0, autumn), 'event-voided'],
    ['that is voided, again', 'campaign', 'autumn', voided(0), 'event-voided'],
    ['that nobody has recorded', 'campaign', 'autumn', voided(9), 'unknown-event'],
  ] as const)('%s is not undone', (_, subject, name, command, code) => {
    givenRegister(campaign('autumn'), estimate('of Viasna'), voiding('autumn', 0))
      .when(subject, name, command)
      .thenRefused(code, '/body/eventId');
  });
});

describe('what stands', () => {
  const told: Told[] = [
    campaign('autumn'),
    estimate('of Viasna'),
    [
      'campaign',
      'autumn',
      {
        type: 'EventCorrected',
        data: { eventId: id('e0'), data: { ...autumn, name: 'Autumn' }, reason: 'a capital' },
      },
    ],
  ];
  const standing = (...more: Told[]) => registerOf(recordedInRegister([...told, ...more]));

  it('is what was told last, under its id', () => {
    expect(standing()).toEqual({
      campaigns: [
        {
          campaignId: id('autumn'),
          eventId: id('e0'),
          recordedAt: '2020-02-01T00:00:00.000Z',
          revision: 1,
          ...autumn,
          name: 'Autumn',
        },
      ],
      estimates: [
        {
          estimateId: id('of Viasna'),
          eventId: id('e1'),
          recordedAt: '2020-02-02T00:00:00.000Z',
          revision: 0,
          ...over150,
        },
      ],
      recommendations: [],
    });
  });

  it('is as before where the correction is voided, and nothing where the fact is', () => {
    const asBefore = standing(voiding('autumn', 2)).campaigns;
    expect(asBefore).toEqual([expect.objectContaining({ name: 'autumn', revision: 2 })]);
    expect(standing(voiding('autumn', 0))).toMatchObject({ campaigns: [], estimates: [{}] });
    expect(standing(voiding('autumn', 0), voiding('autumn', 3)).campaigns).toMatchObject([
      { name: 'Autumn' },
    ]);
  });
});

describe('a quantity', () => {
  const member = fc.option(fc.nat(20), { nil: undefined });
  const quantities = fc.record({
    op: fc.constantFrom(...QUANTITY_OPS),
    value: member,
    low: member,
    high: member,
    word: fc.option(fc.constant('dozens'), { nil: undefined }),
  });

  it('that has no fault can be said in one way', () => {
    fc.assert(
      fc.property(quantities, (quantity) => {
        const { op, value, low, high, word } = quantity;
        const isRange = value === undefined && low !== undefined && high !== undefined && low <= high;
        const isOne = low === undefined && high === undefined && (value !== undefined || word !== undefined);
        expect(quantityFault(quantity) === undefined).toBe(op === 'between' ? isRange : isOne);
      }),
    );
  });
});
