import { describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.js';
import { Gathering, type Draft, type GatheringNews, type GatheringOrder } from '../gathering/gathering.js';
import type { RegisterState, ReportQuestion } from '../gathering/report-question.js';
import { ReportDesk, type Asked } from './report-desk.js';

/** Reports that are made when the test says so. */
class ByHand extends Gathering {
  readonly begun: {
    question: ReportQuestion;
    news: GatheringNews;
    done: (draft: Draft) => void;
    failed: (reason: Error) => void;
  }[] = [];

  /** Told as soon as one is begun. */
  state?: RegisterState;

  override gather({ question }: GatheringOrder, news: GatheringNews): Promise<Draft> {
    if (this.state) news.began(this.state);
    return new Promise((done, failed) => this.begun.push({ question, news, done, failed }));
  }
}

const TODAY: ReportQuestion = { report: 'monthly', asOf: '2020-02-07', filters: {}, audience: 'internal' };
const THEN: ReportQuestion = { ...TODAY, knownAt: '2020-02-01T00:00:00.000Z' };
const STATE = { knownAt: '2020-02-07T12:00:00.000Z', position: '0007' };
const DRAFT: Draft = { ...STATE, text: '{}' };
const AT_ONCE = 0;
const PATIENT = 60_000;

const setUp = (patienceMs: number): { byHand: ByHand; desk: ReportDesk } => {
  const byHand = new ByHand();
  return { byHand, desk: new ReportDesk(byHand, patienceMs) };
};
const underWay = (asked: Asked): unknown => ('underWay' in asked ? asked.underWay : asked);

describe('a report that is asked for', () => {
  it('is waited for, by all who ask the same, and made once', async () => {
    const { byHand, desk } = setUp(PATIENT);
    const asked = [desk.ask(TODAY), desk.ask({ ...TODAY })];
    await eventually(() => expect(byHand.begun).toHaveLength(1));
    byHand.begun[0]?.done(DRAFT);
    expect(await Promise.all(asked)).toEqual([{ draft: DRAFT }, { draft: DRAFT }]);
    expect(byHand.begun).toHaveLength(1);
  });

  it('tells how far it is when it takes longer, and is to be had for the state it is of', async () => {
    const { byHand, desk } = setUp(AT_ONCE);
    expect(underWay(await desk.ask(TODAY))).toEqual({ done: 0 });
    await eventually(() => expect(byHand.begun).toHaveLength(1));
    byHand.begun[0]?.news.began(STATE);
    byHand.begun[0]?.news.progress({ done: 3, total: 9 });
    const expected = { done: 3, total: 9, state: STATE };
    expect(underWay(await desk.ask(TODAY))).toEqual(expected);
    expect(underWay(await desk.ask({ ...TODAY, ...STATE }))).toEqual(expected);
    byHand.begun[0]?.done(DRAFT);
    await eventually(async () => expect(await desk.ask({ ...TODAY, ...STATE })).toEqual({ draft: DRAFT }));
    expect(byHand.begun).toHaveLength(1);
  });

  it('is made anew of today, and kept of what was known then', async () => {
    const { byHand, desk } = setUp(AT_ONCE);
    byHand.state = STATE;
    for (const question of [TODAY, THEN])
      expect(underWay(await desk.ask(question))).toMatchObject({ state: STATE });
    for (const { done } of byHand.begun) done(DRAFT);
    await eventually(async () => expect(await desk.ask(THEN)).toEqual({ draft: DRAFT }));
    expect(underWay(await desk.ask(TODAY))).toMatchObject({ done: 0 });
    expect(byHand.begun).toHaveLength(3);
  });

  it('is handed once to who was sent away before it was settled what it would be of', async () => {
    const { byHand, desk } = setUp(AT_ONCE);
    expect(underWay(await desk.ask(TODAY))).toEqual({ done: 0 });
    await eventually(() => expect(byHand.begun).toHaveLength(1));
    byHand.begun[0]?.news.began(STATE);
    byHand.begun[0]?.done(DRAFT);
    await eventually(async () => expect(await desk.ask({ ...TODAY, ...STATE })).toEqual({ draft: DRAFT }));
    expect(await desk.ask(TODAY)).toEqual({ draft: DRAFT });
    expect(underWay(await desk.ask(TODAY))).toEqual({ done: 0 });
    await eventually(() => expect(byHand.begun).toHaveLength(2));
  });

  it('is not shared by who has recorded something since it was begun', async () => {
    const { byHand, desk } = setUp(AT_ONCE);
    await desk.ask(TODAY);
    await eventually(() => expect(byHand.begun).toHaveLength(1));
    byHand.begun[0]?.news.began(STATE);
    expect(underWay(await desk.ask(TODAY, { minPosition: '0007' }))).toMatchObject({ state: STATE });
    expect(underWay(await desk.ask(TODAY, { minPosition: '0008' }))).toEqual({ done: 0 });
    byHand.begun[0]?.done(DRAFT);
    await eventually(() => expect(byHand.begun).toHaveLength(2));
  });

  it('tells its failure to who waits, or else once to who comes next', async () => {
    const { byHand, desk } = setUp(AT_ONCE);
    const failure = new Error('the store is away');
    await desk.ask(THEN);
    await eventually(() => expect(byHand.begun).toHaveLength(1));
    byHand.begun[0]?.failed(failure);
    await eventually(() => expect(desk.ask(THEN)).rejects.toBe(failure));
    expect(underWay(await desk.ask(THEN))).toEqual({ done: 0 });

    const patient = setUp(PATIENT);
    const asked = patient.desk.ask(THEN);
    await eventually(() => expect(patient.byHand.begun).toHaveLength(1));
    patient.byHand.begun[0]?.failed(failure);
    await expect(asked).rejects.toBe(failure);
    const again = patient.desk.ask(THEN);
    await eventually(() => expect(patient.byHand.begun).toHaveLength(2));
    patient.byHand.begun[1]?.done(DRAFT);
    expect(await again).toEqual({ draft: DRAFT });
  });

  it('is made after the others of its kind, and refused when too many are waiting', async () => {
    const { byHand, desk } = setUp(AT_ONCE);
    const of = (day: number): ReportQuestion => ({ ...THEN, asOf: `2020-01-0${day}` });
    for (let day = 1; day <= 8; day += 1) await desk.ask(of(day));
    expect(byHand.begun.map(({ question }) => question.asOf)).toEqual(['2020-01-01']);
    await expect(desk.ask(of(9))).rejects.toMatchObject({ kind: 'unavailable', code: 'reports-busy' });
    // What is of today does not stand in that line.
    await desk.ask(TODAY);
    await eventually(() => expect(byHand.begun).toHaveLength(2));
    byHand.begun[0]?.failed(new Error('over'));
    await eventually(() => expect(byHand.begun.at(-1)?.question.asOf).toBe('2020-01-02'));
    await desk.ask(of(9));
  });
});
