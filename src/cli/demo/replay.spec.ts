import { describe, expect, it } from '@jest/globals';
import type { Fact, RecordedFact } from '../../cases/domain/facts/facts.js';
import type { Source } from '../../cases/domain/facts/common.js';
import { LawBook } from '../../cases/law-book.js';
import { replay } from './replay.js';

const { law } = LawBook.of('BY');

const recorded = (...facts: Fact[]): RecordedFact[] =>
  facts.map((fact, revision) => ({
    ...fact,
    eventId: `e${revision}`,
    caseId: 'c1',
    revision,
    recordedAt: '2020-02-08T09:00:00.000Z',
    recordedBy: 'p',
  }));

const SOURCE: Source = { citation: 'Viasna', kind: 'organisation', confidential: false };

const opened: Fact = {
  type: 'CaseOpened',
  data: { sources: [SOURCE], person: { names: [{ form: 'Dzmitry Kazlou' }], roles: ['blogger'] } },
};
const sentence = (number: number, claimed?: { ordinal: number; cumulativeDays: number }): Fact[] => {
  const of = { decisionId: `x${number}`, at: '2020-01-27', sources: [SOURCE] };
  return [
    { type: 'DecisionRendered', data: { ...of, outcome: 'penalised' } },
    {
      type: 'Sentenced',
      data: { ...of, penaltyId: `s${number}`, days: 15, runs: 'consecutive', ...(claimed && { claimed }) },
    },
  ];
};

describe('a case fact by fact', () => {
  it('shows the answer after each step, a decision and its sentence as one', () => {
    const history = recorded(opened, ...sentence(1), ...sentence(2, { ordinal: 2, cumulativeDays: 30 }));
    const [, , , first, second, third] = replay(history, '2020-02-07', law).split('\n');
    expect(first).toMatch(/^ 1 +case opened: Dzmitry Kazlou, blogger +0 +not determinable/);
    expect(second).toMatch(/^ 2 {2}2020-01-27 +sentenced to 15 days, consecutive +15 ███ +\+ /);
    expect(third).toMatch(/^ 3 {2}2020-01-27 +sentenced to 15 days, consecutive, no. 2 +30 ██████ /);
    expect(replay(history, '2020-02-07', law)).toContain('claimed 30 days confirmed');
  });

  it('does not call a claim confirmed that is not', () => {
    const history = recorded(opened, ...sentence(1, { ordinal: 2, cumulativeDays: 30 }));
    const drawn = replay(history, '2020-02-07', law);
    expect(drawn).toContain('+ claimed total differs');
    expect(drawn).not.toContain('confirmed');
  });

  it('fits into 120 columns', () => {
    const lines = replay(recorded(opened, ...sentence(1)), '2020-02-07', law).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});
