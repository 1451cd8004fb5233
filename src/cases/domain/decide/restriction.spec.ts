import { describe, expect, it } from '@jest/globals';
import { fact, id, RECORDER, recorded } from '../../../../test/support/derived.js';
import { event, givenCase, OPENED, recording } from '../../../../test/support/given-when-then.js';
import type { Fact } from '../facts/facts.js';
import { fold } from '../file/case-file.js';
import type { CaseCommand } from './commands.js';

const reason = 'her family is threatened';
const colleague = id('colle');
const admin = { principalId: id('admin'), isAdmin: true };

const restrictedTo = (...to: string[]): Fact => fact('CaseRestricted', { to, reason });
const lifted = fact('CaseUnrestricted', { reason });
const restrict = (...to: string[]): CaseCommand => ({ name: 'RestrictCase', data: { to, reason } });
const readersOf = (...facts: Fact[]) => fold(recorded([OPENED, ...facts])).readers;

describe('restricting a case', () => {
  it('is to some caseworkers, whoever does it among them', () => {
    givenCase().when(restrict(RECORDER, colleague)).thenRecorded(restrictedTo(RECORDER, colleague));
    givenCase()
      .when(restrict(colleague))
      .thenRefused('restriction-without-self', { kind: 'semantic', pointer: '/body/to' });
  });

  it('is to whomever an admin names', () => {
    givenCase().when(restrict(colleague), admin).thenRecorded(restrictedTo(colleague));
  });

  it('takes the place of an earlier restriction', () => {
    givenCase(restrictedTo(RECORDER, colleague))
      .when(restrict(RECORDER))
      .thenRecorded(restrictedTo(RECORDER));
    expect(readersOf(restrictedTo(RECORDER, colleague), restrictedTo(RECORDER))).toEqual([RECORDER]);
  });

  it.each([
    [[RECORDER, 'K1'], '/body/to/1'],
    [[RECORDER, RECORDER], '/body/to'],
    [Array.from({ length: 101 }, (_, n) => id(`p${n}`)), '/body/to'],
  ])('names principals, each once, and at most a hundred (%#)', (to, pointer) => {
    givenCase()
      .when(restrict(...to))
      .thenRefused('invalid-field', { kind: 'malformed', pointer });
  });

  it('is lifted by a restriction to nobody', () => {
    givenCase(restrictedTo(RECORDER)).when(restrict()).thenRecorded(lifted);
    givenCase(restrictedTo(colleague)).when(restrict(), admin).thenRecorded(lifted);
    expect(readersOf(restrictedTo(RECORDER), lifted)).toBeUndefined();
  });

  it('is not lifted where there is none', () => {
    givenCase().when(restrict()).thenRefused('case-not-restricted');
    givenCase(restrictedTo(RECORDER), lifted).when(restrict()).thenRefused('case-not-restricted');
  });

  it('is neither voided nor corrected: nothing is to be opened by the way', () => {
    const voided = recording('EventVoided', { eventId: event(1), reason: 'entered_in_error' });
    const corrected = recording('EventCorrected', { eventId: event(1), data: { to: [], reason }, reason });
    for (const facts of [[restrictedTo(RECORDER)], [lifted]]) {
      givenCase(...facts)
        .when(voided)
        .thenRefused('not-voidable');
      givenCase(...facts)
        .when(corrected)
        .thenRefused('not-correctable');
    }
  });

  it('is of a case by its own facts, not by those of one merged into it', () => {
    const other = recorded([OPENED, restrictedTo(colleague)]).map((one) => ({
      ...one,
      caseId: id('loser'),
      eventId: `${one.eventId}-of-loser`,
    }));
    const absorbed = fact('CaseAbsorbed', { caseId: id('loser'), throughRevision: 1, reason });
    expect(fold([...other, ...recorded([OPENED, absorbed])]).readers).toBeUndefined();
  });
});
