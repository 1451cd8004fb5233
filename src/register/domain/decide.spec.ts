import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { id } from '../../../test/support/derived.js';
import { givenRegister, recordedInRegister, type Told } from '../../../test/support/given-register.js';
import {
  autumn,
  call,
  campaign,
  correct,
  estimate,
  over150,
  record,
  voided,
  voiding,
} from '../../../test/support/register-story.js';
import { QUANTITY_OPS, type SubjectFacts } from './facts.js';
import { quantityFault } from './quantity.js';
import { registerOf } from './register.js';

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
