import { describe, expect, it } from '@jest/globals';
import { fact, id, recorded } from '../../../../test/support/derived.js';
import { CONTEXT, givenCase, OPENED, recording } from '../../../../test/support/given-when-then.js';
import { fold } from '../file/case-file.js';
import type { CaseCommand } from './commands.js';
import { decide } from './decide.js';

describe('a decision to record a fact', () => {
  it('makes the id of its own that the caller left out', () => {
    givenCase()
      .when(recording('Arrested', {}))
      .thenRecorded(fact('Arrested', { detentionId: id('detention') }));
    givenCase()
      .when(recording('Charged', {}))
      .thenRecorded(fact('Charged', { proceedingId: id('proceeding') }));
    givenCase()
      .when(recording('HearingScheduled', { proceedingId: id('p1') }))
      .thenRecorded(fact('HearingScheduled', { hearingId: id('hearing'), proceedingId: id('p1') }));
    givenCase()
      .when(recording('CounselDenied', {}))
      .thenRecorded(fact('CounselDenied', { denialId: id('denial') }));
    givenCase(fact('DecisionRendered', { decisionId: id('c1'), outcome: 'penalised' }))
      .when(recording('AppealFiled', { decisionId: id('c1') }))
      .thenRecorded(fact('AppealFiled', { appealId: id('appeal'), decisionId: id('c1') }));
  });

  it('asks for no id that it does not need', () => {
    const asked: string[] = [];
    const counting = { ...CONTEXT, newId: (purpose: string) => (asked.push(purpose), id(purpose)) };
    const sentence: CaseCommand = {
      name: 'ImposePenalty',
      data: { penalty: { kind: 'sentence', penaltyId: id('s1'), days: 15 } },
    };
    const file = fold(recorded([OPENED]));
    decide(file, recording('Arrested', { detentionId: id('d1') }), counting);
    decide(file, recording('NoteAdded', { text: 'a note' }), counting);
    decide(file, sentence, counting);
    expect(asked).toEqual(['decision']);
  });

  it('writes no default into it', () => {
    const [arrested] = decide(
      fold(recorded([OPENED])),
      recording('Arrested', { detentionId: id('d1'), regime: undefined, at: '2020-01-01' }),
      CONTEXT,
    );
    expect(arrested).toStrictEqual(fact('Arrested', { detentionId: id('d1'), at: '2020-01-01' }));
  });

  it('gives back plain data that shares nothing with what was sent', () => {
    const place = { region: 'BY-HM' };
    const [arrested] = decide(fold(recorded([OPENED])), recording('Arrested', { place }), CONTEXT);
    expect(arrested).toStrictEqual(
      fact('Arrested', { detentionId: id('detention'), place: { region: 'BY-HM' } }),
    );
    place.region = 'BY-MI';
    expect(arrested).toMatchObject({ data: { place: { region: 'BY-HM' } } });
  });

  it('is refused as malformed with a pointer to the field', () => {
    const malformed = (pointer: string) => ({ kind: 'malformed', pointer }) as const;
    const odd = (data: object) => recording('Arrested', data as { detentionId: string });
    givenCase()
      .when(odd({ at: '2020-02-30' }))
      .thenRefused('invalid-date', malformed('/body/at'));
    givenCase()
      .when(odd({ place: { region: 'Minsk, flat 5' } }))
      .thenRefused('invalid-field', malformed('/body/place/region'));
    givenCase()
      .when(odd({ fine: 1 }))
      .thenRefused('unknown-member', malformed('/body/fine'));
    givenCase()
      .when(odd({ place: { region: 'BY-HM' } }))
      .thenAccepted();
  });

  it('knows the regions of its own country, and takes those of others', () => {
    const arrested = (region: string) => recording('Arrested', { place: { region } });
    givenCase()
      .when(arrested('BY-MN'))
      .thenRefused('unknown-region', { kind: 'semantic', pointer: '/body/place/region' });
    givenCase().when(arrested('BY-MI')).thenAccepted();
    givenCase().when(arrested('RU-MOW')).thenAccepted();
  });

  it('knows hours that are no more at least than at most', () => {
    const denied = (duration: object) => recording('CounselDenied', { duration });
    givenCase()
      .when(denied({ atLeastHours: 24 }))
      .thenAccepted();
    givenCase()
      .when(denied({ atLeastHours: 24, atMostHours: 24 }))
      .thenAccepted();
    const malformed = { kind: 'malformed', pointer: '/body/duration' } as const;
    givenCase()
      .when(denied({ atLeastHours: 25, atMostHours: 24 }))
      .thenRefused('invalid-field', malformed);
    givenCase().when(denied({})).thenRefused('invalid-field', malformed);
  });
});
