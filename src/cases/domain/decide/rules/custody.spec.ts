import { describe, it } from '@jest/globals';
import { fact, id } from '../../../../../test/support/derived.js';
import { givenCase, recording } from '../../../../../test/support/given-when-then.js';
import type { CaseCommand } from '../commands.js';

const d1 = id('d1');
const arrested = (at?: string) => fact('Arrested', { detentionId: d1, at });
const released = (at?: string) =>
  fact('Released', { detentionId: d1, basis: 'early', conditional: false, at });
const died = (at: string, detentionId = d1) =>
  fact('DiedInCustody', { detentionId, causeStatus: 'disputed', at });
const release = (at?: string, published?: string): CaseCommand =>
  recording('Released', {
    detentionId: d1,
    basis: 'early',
    conditional: false,
    at,
    ...(published && {
      sources: [{ citation: 'press', kind: 'press' as const, published, confidential: false }],
    }),
  });
const death = (at: string, detentionId = d1): CaseCommand =>
  recording('DiedInCustody', { detentionId, causeStatus: 'unknown', at });
const arrest = (at: string): CaseCommand => recording('Arrested', { detentionId: d1, at });

describe('a release', () => {
  it('lies on the day of the arrest or after it', () => {
    givenCase(arrested('2020-01-10')).when(release('2020-01-10')).thenRecorded(released('2020-01-10'));
    givenCase(arrested('2020-01-10')).when(release('2020-01-09')).thenRefused('release-before-arrest');
  });

  it('is refused only if it lies before the arrest on every day that either can have happened', () => {
    givenCase(arrested('2020-01')).when(release('2020-01-01')).thenAccepted();
    givenCase(arrested('2020-01')).when(release('2019-12-31')).thenRefused('release-before-arrest');
    givenCase(arrested('[..2020-01-10]')).when(release('1999')).thenAccepted();
  });

  it('happened no later than it was written about', () => {
    givenCase(arrested('2020-01-10'))
      .when(release(undefined, '2020-01-09'))
      .thenRefused('release-before-arrest');
    givenCase(arrested('2020-01-10')).when(release(undefined, '2020-01-10')).thenAccepted();
  });

  it('may come before its arrest in record, and then holds the arrest to the same', () => {
    givenCase().when(release('2020-01-09')).thenAccepted();
    givenCase(released('2020-01-09')).when(arrest('2020-01-09')).thenAccepted();
    givenCase(released('2020-01-09'))
      .when(arrest('2020-01-10'))
      .thenRefused('release-before-arrest', { pointer: '/body/at' });
  });

  it('ends a detention once', () => {
    givenCase(arrested('2020-01-01'), released('2020-01-05'))
      .when(release('2020-01-06'))
      .thenRefused('already-released');
    const other = fact('Released', { detentionId: id('d2'), basis: 'early', conditional: false });
    givenCase(arrested('2020-01-01'), other).when(release('2020-01-06')).thenAccepted();
  });

  it('is taken as unconditional where nothing is said', () => {
    givenCase()
      .when(recording('Released', { detentionId: d1, basis: 'early', at: '2020-01-06' }))
      .thenRecorded(released('2020-01-06'));
  });
});

describe('a death in custody', () => {
  it('lies on the day of the arrest or after it', () => {
    givenCase(arrested('2020-01-10')).when(death('2020-01-10')).thenAccepted();
    givenCase(arrested('2020-01-10')).when(death('2020-01-09')).thenRefused('death-before-arrest');
    givenCase(died('2020-01-09')).when(arrest('2020-01-10')).thenRefused('death-before-arrest');
  });

  it('happens once to a person, in whatever detention', () => {
    givenCase(died('2020-01-10'))
      .when(death('2020-01-10', id('d2')))
      .thenRefused('already-dead');
    givenCase(released('2020-01-05'))
      .when(death('2020-01-10', id('d2')))
      .thenAccepted();
  });
});

describe('other facts of custody', () => {
  it('may name a detention whose arrest is not recorded, and overlap or repeat', () => {
    givenCase()
      .when(recording('CustodyConfirmed', { detentionId: d1, at: '2020-01-05' }))
      .thenAccepted();
    givenCase()
      .when(recording('Transferred', { detentionId: d1, facility: 'Okrestina' }))
      .thenAccepted();
    givenCase(arrested('2020-01-01'))
      .when(recording('Arrested', { detentionId: id('d2'), at: '2020-01-01' }))
      .thenAccepted();
  });
});
