import { describe, it } from '@jest/globals';
import { fact, id } from '../../../../../test/support/derived.js';
import { event, givenCase, recording } from '../../../../../test/support/given-when-then.js';

const arrested = fact('Arrested', { detentionId: id('x') });
const decision = fact('DecisionRendered', { decisionId: id('c1'), outcome: 'penalised' });
const hearing = fact('HearingScheduled', { hearingId: id('h1'), proceedingId: id('p1') });
const appeal = fact('AppealFiled', { appealId: id('a1'), decisionId: id('c1') });
const denial = fact('CounselDenied', { denialId: id('n1') });

describe('an id that a fact brings', () => {
  it('is its own, across facts of all types', () => {
    givenCase(arrested)
      .when(recording('Arrested', { detentionId: id('x') }))
      .thenRefused('id-already-used', { pointer: '/body/detentionId' });
    givenCase(arrested)
      .when(recording('Charged', { proceedingId: id('x') }))
      .thenRefused('id-already-used', { pointer: '/body/proceedingId' });
    givenCase(arrested)
      .when(recording('Charged', { proceedingId: id('y') }))
      .thenAccepted();
  });

  it('is free again when its fact was voided', () => {
    const voided = fact('EventVoided', { eventId: event(1), reason: 'wrong_person' });
    givenCase(arrested, voided)
      .when(recording('Arrested', { detentionId: id('x') }))
      .thenRecorded(arrested);
  });

  it('may have been named before by facts that came early', () => {
    givenCase(fact('CustodyConfirmed', { detentionId: id('x') }))
      .when(recording('Arrested', { detentionId: id('x') }))
      .thenRecorded(arrested);
  });
});

describe('what a fact is about', () => {
  it('must be a recorded hearing where one is held or adjourned', () => {
    givenCase()
      .when(recording('HearingHeld', { hearingId: id('h1') }))
      .thenRefused('unknown-hearing');
    givenCase()
      .when(recording('HearingAdjourned', { hearingId: id('h1') }))
      .thenRefused('unknown-hearing');
    givenCase(hearing)
      .when(recording('HearingHeld', { hearingId: id('h1') }))
      .thenAccepted();
    givenCase(hearing)
      .when(recording('HearingAdjourned', { hearingId: id('h1') }))
      .thenAccepted();
  });

  it('must be a recorded decision where an appeal is filed', () => {
    const filing = recording('AppealFiled', { appealId: id('a1'), decisionId: id('c1') });
    givenCase().when(filing).thenRefused('unknown-decision', { pointer: '/body/decisionId' });
    givenCase(decision).when(filing).thenRecorded(appeal);
  });

  it('must be a fact of its own type: the id of something else does not do', () => {
    givenCase(fact('Arrested', { detentionId: id('c1') }))
      .when(recording('AppealFiled', { decisionId: id('c1') }))
      .thenRefused('unknown-decision');
  });

  it('must be a recorded denial where access is granted after one', () => {
    const grant = recording('CounselGranted', { denialId: id('n1') });
    givenCase().when(grant).thenRefused('unknown-denial', { pointer: '/body/denialId' });
    givenCase(denial).when(grant).thenAccepted();
    givenCase().when(recording('CounselGranted', {})).thenAccepted();
  });

  it('may be a proceeding that is recorded only later', () => {
    givenCase()
      .when(recording('HearingScheduled', { hearingId: id('h1'), proceedingId: id('p1') }))
      .thenRecorded(hearing);
    givenCase()
      .when(recording('ProceedingTerminated', { proceedingId: id('p1'), by: 'court' }))
      .thenAccepted();
  });
});

describe('a charge', () => {
  const charge = (code: string, article: string) =>
    recording('Charged', { proceedingId: id('p1'), provision: { code, article } });

  it('names an article that the law knows, if it names one', () => {
    givenCase().when(charge('BY-CoAO-2003', '23.34')).thenAccepted();
    givenCase()
      .when(recording('Charged', { proceedingId: id('p1') }))
      .thenAccepted();
    const unknown = { kind: 'semantic', pointer: '/body/provision' } as const;
    givenCase().when(charge('BY-CoAO-1999', '23.34')).thenRefused('unknown-provision', unknown);
    givenCase().when(charge('BY-CoAO-2003', '99.34')).thenRefused('unknown-provision', unknown);
  });
});
