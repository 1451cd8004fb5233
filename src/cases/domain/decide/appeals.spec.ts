import { describe, it } from '@jest/globals';
import { fact, id } from '../../../../test/support/derived.js';
import { givenCase } from '../../../../test/support/given-when-then.js';
import type { CaseCommand, PenaltyChange } from './commands.js';

const at = '2020-02-05';
const sources = [{ citation: 'court record', kind: 'court_record' as const, confidential: false }];
const [a1, c1, s1, f1] = [id('a1'), id('c1'), id('s1'), id('f1')];

const file = givenCase(
  fact('DecisionRendered', { decisionId: c1, outcome: 'penalised' }),
  fact('Sentenced', { penaltyId: s1, decisionId: c1, days: 15 }),
  fact('Fined', { penaltyId: f1, decisionId: c1, amount: { value: '510', currency: 'BYN' } }),
  fact('AppealFiled', { appealId: a1, decisionId: c1 }),
);
type Outcome = Extract<CaseCommand, { name: 'DecideAppeal' }>['data']['outcome'];
const decide = (outcome: Outcome, penalties?: PenaltyChange[]): CaseCommand => ({
  name: 'DecideAppeal',
  data: { appealId: a1, outcome, at, sources, remark: 'read out', penalties },
});
const decided = (outcome: Outcome) =>
  fact('AppealDecided', { appealId: a1, outcome, at, sources, remark: 'read out' });

describe('the outcome of an appeal', () => {
  it('is recorded with the reductions and annulments it names, which have its date and sources', () => {
    const amount = { value: '300.00', currency: 'BYN' };
    file
      .when(
        decide('reduced', [
          { penaltyId: s1, days: 10 },
          { penaltyId: f1, amount },
        ]),
      )
      .thenRecorded(
        decided('reduced'),
        fact('SentenceReduced', { penaltyId: s1, days: 10, by: 'appeal', at, sources }),
        fact('FineReduced', { penaltyId: f1, amount, by: 'appeal', at, sources }),
      );
    file
      .when(decide('reduced', [{ penaltyId: f1, annulled: true }]))
      .thenRecorded(
        decided('reduced'),
        fact('PenaltyAnnulled', { penaltyId: f1, by: 'appeal', at, sources }),
      );
  });

  it('annuls the penalties it names, and no others', () => {
    const annulment = fact('PenaltyAnnulled', { penaltyId: s1, by: 'appeal', at, sources });
    file
      .when(decide('annulled_terminated', [{ penaltyId: s1 }]))
      .thenRecorded(decided('annulled_terminated'), annulment);
    file
      .when(decide('annulled_remitted', [{ penaltyId: s1, annulled: true }]))
      .thenRecorded(decided('annulled_remitted'), annulment);
    file.when(decide('annulled_terminated')).thenRecorded(decided('annulled_terminated'));
  });

  it('may be recorded before it is known what it changes', () => {
    file.when(decide('reduced')).thenRecorded(decided('reduced'));
    file.when(decide('upheld', [])).thenRecorded(decided('upheld'));
  });

  it.each([
    ['upheld', [{ penaltyId: s1, days: 10 }]],
    ['inadmissible', [{ penaltyId: s1 }]],
    ['annulled_terminated', [{ penaltyId: s1, days: 10 }]],
    ['annulled_remitted', [{ penaltyId: s1, annulled: false }]],
    ['reduced', [{ penaltyId: s1 }]],
    ['reduced', [{ penaltyId: s1, annulled: true, days: 10 }]],
  ] as const)('does not contradict itself: %s with %j', (outcome, penalties) => {
    file
      .when(decide(outcome, [...penalties]))
      .thenRefused('invalid-field', { kind: 'malformed', pointer: '/body/penalties/0' });
  });

  it('names each penalty once', () => {
    file
      .when(
        decide('reduced', [
          { penaltyId: s1, days: 10 },
          { penaltyId: s1, days: 5 },
        ]),
      )
      .thenRefused('invalid-field', { kind: 'malformed', pointer: '/body/penalties' });
  });

  it('is refused as a whole for one change that is', () => {
    file.when(decide('reduced', [{ penaltyId: f1, days: 10 }])).thenRefused('not-a-sentence');
    file.when(decide('annulled_terminated', [{ penaltyId: id('s9') }])).thenRefused('unknown-penalty');
    file
      .when(decide('reduced', [{ penaltyId: s1, days: 15 }]))
      .thenRefused('not-a-reduction', { pointer: '/body/penalties/0/days' });
  });

  it('is that of a recorded appeal, and its only one', () => {
    givenCase().when(decide('upheld')).thenRefused('unknown-appeal');
    givenCase(fact('AppealFiled', { appealId: a1, decisionId: c1 }), decided('upheld'))
      .when(decide('upheld'))
      .thenRefused('appeal-already-decided');
  });
});
