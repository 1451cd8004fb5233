import { describe, expect, it } from '@jest/globals';
import type { RecordedFact } from '../../src/cases/domain/facts/facts.js';
import type { Register } from '../../src/reports/figures/register.js';
import { goldenCases } from '../support/golden-cases.js';
import { day } from '../support/derived.js';
import { factsFromCommands, type CaseCommand } from '../support/oracle/facts-from-commands.js';
import { question, reported, rowsOf, said, sheetsOn, tallied } from '../support/reports/asking.js';

const AS_OF = '2020-02-07';
const CAMPAIGN = 'ca000000-0000-4000-8000-000000000001';
const period = { earliest: day('2019-11-01'), latest: day('2019-12-31') };
const published = { earliest: null, latest: day(AS_OF) };

const register: Register = {
  campaigns: [{ id: CAMPAIGN, name: 'Protests of November and December 2019', period }],
  estimates: [
    {
      id: 'e5000000-0000-4000-8000-000000000001',
      quantity: { op: 'gt', value: 150, word: 'over 150' },
      unit: 'persons',
      predicate: 'charged_and_fined',
      period,
      asOf: { earliest: day(AS_OF), latest: day(AS_OF) },
      estimator: 'local human rights defenders',
    },
  ],
  recommendations: (['terminate_proceedings', 'release_unconditional', 'withdraw_fines'] as const).map(
    (kind, i) => ({
      id: `ec000000-0000-4000-8000-00000000000${i}`,
      kind,
      addressee: 'Belarusian authorities',
      on: published,
      scope: {},
    }),
  ),
};

const files = new Map<string, readonly RecordedFact[]>(
  goldenCases('statement-2020-02.json').map(({ id, commands }) => [
    id,
    factsFromCommands(commands as CaseCommand[]),
  ]),
);
const asked = question(AS_OF, { register });
const figures = tallied(sheetsOn(files, asked.asOf), asked);
const report = reported('campaign', AS_OF, asked, figures);

const count = (value: number) => ({ kind: 'count', value });
const code = (list: string, value: string) => ({ kind: 'code', list, value });

describe('the statement of February 2020', () => {
  it('imposes 165 days over 3 people, in 11 sentences', () => {
    expect(said(report, 'days_imposed_gross')).toEqual({ kind: 'range', unit: 'days', min: 165, max: 165 });
    expect(said(report, 'sentences')).toEqual(count(11));
    expect(figures.cells['days_imposed_gross']!.n).toBe(3);
    expect(figures.cells['days_imposed_gross']!.caveat).toBe('at_least');
  });

  it('sentences two again and again, the longest time eight times in a row', () => {
    expect(said(report, 'persons_sentenced_repeatedly')).toEqual(count(2));
    expect(said(report, 'longest_run')).toEqual(count(8));
  });

  it('denies counsel twice, for how long nobody can tell, as there was no meeting room', () => {
    const row = (result: string, number: number) => ({
      result: code('result', result),
      counsel_denials_by_result: count(number),
      persons: count(number),
    });
    expect(rowsOf(report, 'denials_by_result')).toEqual([
      row('within48h', 0),
      row('exceeded48h', 0),
      row('undetermined', 2),
    ]);
    expect(rowsOf(report, 'denials_by_pretext')).toEqual([
      {
        pretext: code('pretext', 'no_meeting_room'),
        counsel_denials_by_pretext: count(2),
        persons: count(2),
      },
    ]);
  });

  it('takes away bedding for 36 hours', () => {
    expect(rowsOf(report, 'conditions_by_kind')).toEqual([
      {
        condition: code('condition', 'bedding_removed'),
        conditions_by_kind: count(1),
        condition_hours_by_kind: { kind: 'range', unit: 'hours', min: 36, max: 36 },
        persons: count(1),
      },
    ]);
  });

  it('documents 5 beside an estimate of over 150, with no gap: those fined are not those documented', () => {
    const [row] = rowsOf(report, 'estimates');
    expect(row).toMatchObject({
      estimated: { kind: 'estimate', op: 'gt', value: 150 },
      documented: count(5),
      gap: { kind: 'absent' },
      difference: code('difference', 'predicate'),
    });
  });

  it('leaves three calls open', () => {
    const states = rowsOf(report, 'calls').map(({ call, call_state: state }) => [call, state]);
    expect(states).toEqual([
      [code('recommendation', 'terminate_proceedings'), code('call_state', 'open')],
      [code('recommendation', 'release_unconditional'), code('call_state', 'open')],
      [code('recommendation', 'withdraw_fines'), code('call_state', 'open')],
    ]);
  });

  it('tells of no call before the day on which it was made', () => {
    const [call] = register.recommendations;
    const made = { ...call!, on: { earliest: day('2020-02-07'), latest: day('2020-02-07') } };
    const callsOn = (asOf: string): number => {
      const then = question(asOf, { register: { ...register, recommendations: [made] } });
      const counted = tallied(sheetsOn(files, then.asOf), then);
      const cells = Object.keys(counted.cells).filter((key) => key.startsWith('call_state:'));
      const { length } = rowsOf(reported('compliance', asOf, then, counted), 'calls');
      expect(cells).toHaveLength(length);
      return length;
    };
    expect(['2020-02-06', '2020-02-07'].map(callsOn)).toEqual([0, 1]);
  });

  it('holds two of whom nobody has heard since', () => {
    expect(said(report, 'held')).toEqual(count(2));
    expect(said(report, 'held_unconfirmed')).toEqual(count(2));
    expect(figures.held?.map(({ caseId }) => caseId)).toEqual(['markelau', 'shashok']);
  });

  it('says of each file what it lacks', () => {
    const lacking = (caseId: string) =>
      figures
        .missing!.filter((one) => one.caseId === caseId)
        .map(({ code: missing, times }) => [missing, times]);
    expect(lacking('krutkin')).toEqual([
      ['no_custody', 1],
      ['no_charge_article', 1],
      ['undated_sentence', 1],
    ]);
    expect(lacking('markelau')).toEqual([
      ['no_arrest_date', 1],
      ['no_region', 1],
      ['no_release', 1],
      ['custody_unsupported', 1],
    ]);
  });
});
