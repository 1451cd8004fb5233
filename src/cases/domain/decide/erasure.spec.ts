import { describe, expect, it } from '@jest/globals';
import { CASE_ID, fact, id, RECORDER, recorded } from '../../../../test/support/derived.js';
import {
  CONTEXT,
  event,
  given,
  givenCase,
  OPENED,
  outcomeOf,
  recording,
} from '../../../../test/support/given-when-then.js';
import { fold } from '../file/case-file.js';
import type { CaseCommand } from './commands.js';
import { decide } from './decide.js';

const reason = 'her family asks for it';
const requested = fact('ErasureRequested', { reason });
const withdrawn = fact('EventVoided', { eventId: event(1), reason: 'entered_in_error' });
const started = fact('SubjectErasureStarted', { requestEventId: event(1) });
const erased = fact('SubjectErased', {
  requestEventId: event(1),
  caseIds: [CASE_ID],
  destroyedKeys: ['k1'],
  sealedEvents: 2,
  warnings: ['exported_copies_remain', 'key_traces_until_master_key_is_rotated'],
});
const closed = fact('CaseClosed', { reason });

const request = recording('ErasureRequested', { reason });
const approve: CaseCommand = { name: 'ApproveErasure', data: {} };
const certify: CaseCommand = { name: 'CertifyErasure', data: { destroyedKeys: ['k1'], sealedEvents: 2 } };
const admin = { principalId: id('admin'), isAdmin: true };

const ANYTHING_ELSE = [
  recording('NoteAdded', { text: 'a note' }),
  recording('CaseReopened', { reason }),
  recording('ConsentRecorded', { scope: 'dossier', by: 'self' }),
  recording('EventVoided', { eventId: event(1), reason: 'entered_in_error' }),
  recording('EventCorrected', { eventId: event(0), data: {}, reason }),
  { name: 'RestrictCase', data: { to: [RECORDER], reason } },
  { name: 'ImposePenalty', data: { penalty: { kind: 'sentence', days: 15 } } },
  request,
] satisfies CaseCommand[];

describe('the request of an erasure', () => {
  it('is taken once, also of a closed case', () => {
    givenCase().when(request).thenRecorded(requested);
    givenCase(closed).when(request).thenRecorded(requested);
    givenCase(requested).when(request).thenRefused('erasure-already-requested');
    given().when(request).thenRefused('case-not-opened');
  });

  it('leaves the case open to facts until it is approved', () => {
    givenCase(requested)
      .when(recording('NoteAdded', { text: 'a note' }))
      .thenAccepted();
  });

  it('that was voided is none', () => {
    givenCase(requested, withdrawn).when(request).thenRecorded(requested);
    givenCase(requested, withdrawn).when(approve, admin).thenRefused('erasure-not-requested');
  });

  it('does not come back beside another', () => {
    const back = recording('EventVoided', { eventId: event(2), reason: 'entered_in_error' });
    givenCase(requested, withdrawn).when(back).thenAccepted();
    givenCase(requested, withdrawn, requested).when(back).thenRefused('erasure-already-requested');
  });
});

describe('the approval of an erasure', () => {
  it('names the request, and nothing begins without one', () => {
    givenCase(requested).when(approve, admin).thenRecorded(started);
    givenCase(closed, requested)
      .when({ name: 'ApproveErasure', data: { at: '2026-01-30' } }, admin)
      .thenRecorded(fact('SubjectErasureStarted', { requestEventId: event(2), at: '2026-01-30' }));
    givenCase().when(approve, admin).thenRefused('erasure-not-requested');
  });

  it('is not for whoever has requested it, not even as an admin', () => {
    givenCase(requested)
      .when(approve, { principalId: RECORDER, isAdmin: true })
      .thenRefused('approval-by-requester');
  });

  it('is given once', () => {
    givenCase(requested, started).when(approve, admin).thenRefused('erasure-under-way');
    givenCase(requested, started, erased).when(approve, admin).thenRefused('case-erased');
  });
});

describe('a case whose erasure is under way', () => {
  it.each(ANYTHING_ELSE)('takes nothing else (%#)', (command) => {
    givenCase(requested, started).when(command, admin).thenRefused('erasure-under-way');
  });

  it('takes the certificate', () => {
    givenCase(requested, started).when(certify, admin).thenRecorded(erased);
  });
});

describe('the certificate of an erasure', () => {
  it('is for none that has not begun, and there is one of it', () => {
    givenCase().when(certify).thenRefused('erasure-not-requested');
    givenCase(requested).when(certify).thenRefused('erasure-not-requested');
    givenCase(requested, started, erased).when(certify).thenRefused('case-erased');
  });

  it('names the cases merged into the one that is erased', () => {
    const absorbed = fact('CaseAbsorbed', { caseId: id('loser'), throughRevision: 0, reason });
    const start = fact('SubjectErasureStarted', { requestEventId: event(2) });
    const file = fold(recorded([OPENED, absorbed, requested, start]));
    expect(outcomeOf(() => decide(file, certify, CONTEXT))).toMatchObject([
      { data: { caseIds: [CASE_ID, id('loser')], requestEventId: event(2) } },
    ]);
  });

  it('holds no words: ids of keys that are none are refused', () => {
    givenCase(requested, started)
      .when({ name: 'CertifyErasure', data: { destroyedKeys: ['the key of Kazlou'], sealedEvents: 1 } })
      .thenRefused('invalid-field', { kind: 'malformed', pointer: '/body/destroyedKeys/0' });
  });
});

describe('an erased case', () => {
  it.each(ANYTHING_ELSE)('takes nothing any more (%#)', (command) => {
    givenCase(requested, started, erased).when(command, admin).thenRefused('case-erased');
    givenCase(closed, requested, fact('SubjectErasureStarted', { requestEventId: event(2) }), erased)
      .when(command, admin)
      .thenRefused('case-erased');
  });
});

describe('a merged case', () => {
  it('sends whoever asks for its erasure to the one that holds it', () => {
    const merged = fact('CaseMerged', { intoCaseId: id('survi'), reason });
    givenCase(merged)
      .when(request)
      .thenRefused('case-merged', { survivor: id('survi') });
    givenCase(merged)
      .when(approve, admin)
      .thenRefused('case-merged', { survivor: id('survi') });
  });
});
