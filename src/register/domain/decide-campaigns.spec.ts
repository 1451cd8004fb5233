import { describe, it } from '@jest/globals';
import { id } from '../../../test/support/derived.js';
import { givenRegister, type Told } from '../../../test/support/given-register.js';
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
  wave,
} from '../../../test/support/register-story.js';

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
