import { describe, it } from '@jest/globals';
import { fact, id, RECORDER } from '../../../../test/support/derived.js';
import { event, given, givenCase, OPENED, recording } from '../../../../test/support/given-when-then.js';
import type { CaseCommand } from './commands.js';

const arrested = fact('Arrested', { detentionId: id('d1') });
const closed = fact('CaseClosed', { reason: 'done' });
const merged = fact('CaseMerged', { intoCaseId: id('case2'), reason: 'same person' });
const source = { citation: 'press', kind: 'press' as const, confidential: false };

const arrest = recording('Arrested', { detentionId: id('d2') });
const open = recording('CaseOpened', { person: { names: [{ form: 'Test' }], roles: ['protester'] } });
const reopen = recording('CaseReopened', { reason: 'news' });
const close = recording('CaseClosed', { reason: 'done' });

const WORK_ON_THE_FILE: CaseCommand[] = [
  recording('EventCorrected', { eventId: event(1), data: { at: '2020' }, reason: 'misread' }),
  recording('EventVoided', { eventId: event(1), reason: 'duplicate' }),
  recording('SourceCited', { eventId: event(1), source, agrees: true }),
  recording('ConsentRecorded', { scope: 'dossier', by: 'self' }),
  recording('ConsentWithdrawn', { scope: 'dossier' }),
  { name: 'RestrictCase', data: { to: [RECORDER], reason: 'threats' } },
  recording('ErasureRequested', { reason: 'the family asks' }),
];

describe('a case', () => {
  it('is opened once, and before everything else', () => {
    given().when(open).thenRecorded(OPENED);
    given().when(arrest).thenRefused('case-not-opened');
    givenCase().when(open).thenRefused('case-already-opened');
  });
});

describe('a closed case', () => {
  it('takes nothing new about its person', () => {
    givenCase(arrested).when(arrest).thenAccepted();
    givenCase(arrested, closed).when(arrest).thenRefused('case-closed');
    givenCase(arrested, closed)
      .when(recording('NoteAdded', { text: 'a note' }))
      .thenRefused('case-closed');
    givenCase(arrested, closed)
      .when({ name: 'ImposePenalty', data: { penalty: { kind: 'sentence', days: 15 } } })
      .thenRefused('case-closed');
  });

  it.each(WORK_ON_THE_FILE)('still takes work on its file (%#)', (command) => {
    givenCase(arrested, closed).when(command).thenAccepted();
  });

  it('is reopened, and not closed again', () => {
    givenCase(arrested, closed).when(reopen).thenAccepted();
    givenCase(arrested, closed).when(close).thenRefused('case-closed');
    givenCase(arrested).when(reopen).thenRefused('case-not-closed');
    givenCase(closed, fact('CaseReopened', { reason: 'news' }))
      .when(close)
      .thenRecorded(closed);
  });
});

describe('a merged case', () => {
  it.each([arrest, close, reopen, ...WORK_ON_THE_FILE])(
    'takes nothing, and names the one that answers for it (%#)',
    (command) => {
      givenCase(arrested, merged)
        .when(command)
        .thenRefused('case-merged', { survivor: id('case2') });
    },
  );

  it('takes facts again once it is unmerged', () => {
    const unmerged = fact('CaseUnmerged', { fromCaseId: id('case2'), reason: 'two people' });
    givenCase(arrested, merged, unmerged).when(arrest).thenAccepted();
  });
});
