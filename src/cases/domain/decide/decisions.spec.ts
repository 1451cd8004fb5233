import { describe, it } from '@jest/globals';
import { fact, id } from '../../../../test/support/derived.js';
import { givenCase } from '../../../../test/support/given-when-then.js';
import type { CaseCommand } from './commands.js';

const at = '2020-01-13';
const sources = [{ citation: 'court record', kind: 'court_record' as const, confidential: false }];
const [c1, p1] = [id('c1'), id('p1')];

const render = (
  data: Omit<Extract<CaseCommand, { name: 'RenderDecision' }>['data'], 'outcome'>,
): CaseCommand => ({
  name: 'RenderDecision',
  data: { outcome: 'penalised', ...data },
});
const impose = (data: Extract<CaseCommand, { name: 'ImposePenalty' }>['data']): CaseCommand => ({
  name: 'ImposePenalty',
  data,
});

describe('a decision', () => {
  it('is recorded with its penalties, which have its date, sources and proceeding', () => {
    givenCase()
      .when(
        render({
          proceedingId: p1,
          court: 'Leninski',
          remark: 'in absence',
          at,
          sources,
          penalties: [
            { kind: 'sentence', penaltyId: id('s1'), days: 5 },
            { kind: 'fine', penaltyId: id('f1'), baseUnits: 30 },
          ],
        }),
      )
      .thenRecorded(
        fact('DecisionRendered', {
          decisionId: id('decision'),
          proceedingId: p1,
          outcome: 'penalised',
          court: 'Leninski',
          at,
          sources,
          remark: 'in absence',
        }),
        fact('Sentenced', {
          penaltyId: id('s1'),
          decisionId: id('decision'),
          proceedingId: p1,
          days: 5,
          at,
          sources,
        }),
        fact('Fined', {
          penaltyId: id('f1'),
          decisionId: id('decision'),
          proceedingId: p1,
          baseUnits: 30,
          at,
          sources,
        }),
      );
  });

  it('may impose nothing', () => {
    givenCase()
      .when({ name: 'RenderDecision', data: { decisionId: c1, outcome: 'acquitted' } })
      .thenRecorded(fact('DecisionRendered', { decisionId: c1, outcome: 'acquitted' }));
  });

  it('has ids made for the penalties that came without', () => {
    givenCase()
      .when(render({ decisionId: c1, penalties: [1, 2].map((days) => ({ kind: 'sentence', days })) }))
      .thenRecorded(
        fact('DecisionRendered', { decisionId: c1, outcome: 'penalised' }),
        fact('Sentenced', { penaltyId: id('penalty'), decisionId: c1, days: 1 }),
        fact('Sentenced', { penaltyId: id('penalty:1'), decisionId: c1, days: 2 }),
      );
  });

  it('is refused as a whole for one penalty that is', () => {
    const twice = [1, 2].map((days) => ({ kind: 'sentence' as const, penaltyId: id('s1'), days }));
    givenCase()
      .when(render({ penalties: twice }))
      .thenRefused('id-already-used', { pointer: '/body/penalties/1/penaltyId' });
    givenCase()
      .when(render({ decisionId: id('x'), penalties: [{ kind: 'sentence', penaltyId: id('x'), days: 1 }] }))
      .thenRefused('id-already-used');
    givenCase()
      .when(render({ penalties: [{ kind: 'sentence', days: 1 }, { kind: 'fine' }] }))
      .thenRefused('invalid-field', { kind: 'malformed', pointer: '/body/penalties/1' });
    givenCase()
      .when(render({ penalties: [{ kind: 'sentence', days: 0 }] }))
      .thenRefused('invalid-field', { kind: 'malformed', pointer: '/body/penalties/0/days' });
  });
});

describe('a penalty put down alone', () => {
  it('brings a decision of its own', () => {
    givenCase()
      .when(
        impose({
          at,
          sources,
          proceedingId: p1,
          remark: 'from the family',
          penalty: { kind: 'sentence', days: 15 },
        }),
      )
      .thenRecorded(
        fact('DecisionRendered', {
          decisionId: id('decision'),
          proceedingId: p1,
          outcome: 'penalised',
          at,
          sources,
        }),
        fact('Sentenced', {
          penaltyId: id('penalty'),
          decisionId: id('decision'),
          proceedingId: p1,
          days: 15,
          at,
          sources,
          remark: 'from the family',
        }),
      );
  });

  it('joins a recorded decision', () => {
    const decision = fact('DecisionRendered', { decisionId: c1, outcome: 'penalised' });
    const fine = impose({ decisionId: c1, penalty: { kind: 'fine', penaltyId: id('f1'), baseUnits: 20 } });
    givenCase(decision)
      .when(fine)
      .thenRecorded(fact('Fined', { penaltyId: id('f1'), decisionId: c1, baseUnits: 20 }));
    givenCase().when(fine).thenRefused('unknown-decision', { pointer: '/body/decisionId' });
  });

  it('is malformed without its amount, and with days that are none', () => {
    givenCase()
      .when(impose({ penalty: { kind: 'fine' } }))
      .thenRefused('invalid-field', { kind: 'malformed', pointer: '/body' });
    for (const days of [0, -1, 1.5, Number.NaN, 36_526]) {
      givenCase()
        .when(impose({ penalty: { kind: 'sentence', days } }))
        .thenRefused('invalid-field', { kind: 'malformed', pointer: '/body/days' });
    }
    givenCase()
      .when(impose({ penalty: { kind: 'sentence', days: 36_525 } }))
      .thenAccepted();
  });

  it('has base units of at most two decimals', () => {
    const units = (baseUnits: number) => impose({ penalty: { kind: 'fine', baseUnits } });
    givenCase().when(units(0.25)).thenAccepted();
    for (const wrong of [0.125, 0, -1, Number.POSITIVE_INFINITY]) {
      givenCase()
        .when(units(wrong))
        .thenRefused('invalid-field', { kind: 'malformed', pointer: '/body/baseUnits' });
    }
  });
});
