import { describe, expect, it } from '@jest/globals';
import { CASE_ID, day, derivedOn, docket, fact, id, LAW } from '../../../test/support/derived.js';
import type { Fact } from '../../cases/domain/facts/facts.js';
import { consentOn } from '../../cases/domain/timeline/consent.js';
import type { FormSection, ReportContent, Section, Value } from '../content/content.js';
import { LANGUAGES } from '../documents/words/languages.js';
import { writeReport } from '../documents/write-report.js';
import { NOT_TOLD } from './answers.js';
import { dossierOf } from './dossier-of.js';

const d1 = id('d1');
const FACTS: Fact[] = [
  fact('CaseOpened', {
    person: { names: [{ form: 'Пётр Маркелаў' }], roles: ['activist'], sex: 'male', born: '1990' },
    summary: 'Held after a rally',
  }),
  fact('Arrested', {
    at: '2020-01-05',
    detentionId: d1,
    place: { region: 'BY-HM', detail: 'Kastryčnickaja square' },
    warrantShown: false,
    authority: 'men in plain clothes',
    facility: 'Akrescina',
    statedReason: 'a check of papers',
  }),
  fact('Charged', {
    at: '2020-01-06',
    proceedingId: id('p1'),
    detentionId: d1,
    provision: { code: 'BY-CoAO-2003', article: '23.34', part: '3' },
  }),
  fact('Sentenced', { at: '2020-01-07', penaltyId: id('s1'), decisionId: id('x1'), days: 15 }),
  fact('Fined', {
    at: '2020-01-07',
    penaltyId: id('f1'),
    decisionId: id('x1'),
    amount: { value: '600.00', currency: 'USD', qualifier: 'at_least' },
  }),
  fact('AppealFiled', { at: '2020-01-08', appealId: id('a1'), decisionId: id('x1') }),
  fact('AppealDecided', { at: '2020-01-10', appealId: id('a1'), outcome: 'upheld' }),
  fact('Released', { at: '2020-01-20', detentionId: d1, basis: 'term_served', conditional: false }),
];
const CONSENT = fact('ConsentRecorded', { at: '2020-01-21', scope: 'dossier', by: 'self' });

function dossier(facts: Fact[], asOf = '2020-02-07'): Section[] {
  const consented = consentOn(docket(facts), 'dossier', day(asOf), LAW.timeZone);
  return dossierOf({
    caseId: CASE_ID,
    docket: docket(facts),
    answer: derivedOn(asOf, facts),
    law: LAW,
    asOf,
    consented,
  });
}

const answersTo = (sections: Section[], question: string): Value[] =>
  sections
    .filter((section): section is FormSection => section.kind === 'form')
    .flatMap(({ answers }) =>
      answers.filter((one) => one.question === question).flatMap(({ values }) => values),
    );

const penaltiesIn = (sections: Section[]): (Value | undefined)[][] =>
  sections.flatMap((section) =>
    section.kind === 'table' && section.id === 'penalties' ? section.rows.map((row) => [row[2], row[3]]) : [],
  );

const PROSE = ['Пётр', '1990', 'rally', 'square', 'plain clothes', 'Akrescina', 'papers'];

describe('a dossier', () => {
  it('answers what the register knows', () => {
    const sections = dossier([...FACTS, CONSENT]);
    expect(answersTo(sections, 'name_as_recorded')).toEqual([{ kind: 'text', value: 'Пётр Маркелаў' }]);
    expect(answersTo(sections, 'arrest_date')).toEqual([
      { kind: 'days', earliest: '2020-01-05', latest: '2020-01-05' },
    ]);
    expect(answersTo(sections, 'warrant_shown')).toEqual([{ kind: 'code', list: 'answer', value: 'no' }]);
    expect(answersTo(sections, 'arrest_legislation')).toEqual([
      { kind: 'text', value: 'BY-CoAO-2003, 23.34, 3' },
    ]);
    expect(answersTo(sections, 'detention_duration')).toEqual([
      { kind: 'range', unit: 'days', min: 15, max: 15 },
    ]);
    expect(answersTo(sections, 'remedies')).toContainEqual({
      kind: 'code',
      list: 'appeal_outcome',
      value: 'upheld',
    });
    const text = JSON.stringify(sections);
    for (const word of PROSE) expect(text).toContain(word);
  });

  it('keeps every question, and leaves empty what is not known', () => {
    for (const sections of [dossier(FACTS), dossier([FACTS[0]!])]) {
      for (const question of [
        'family_name',
        'nationality',
        'identity_document',
        'warrant_authority',
        'signature',
      ]) {
        expect(answersTo(sections, question)).toEqual([]);
        expect(JSON.stringify(sections)).toContain(question);
      }
    }
    expect(answersTo(dossier([FACTS[0]!]), 'arrest_date')).toEqual([]);
  });

  it.each([
    ['without consent', FACTS, '2020-02-07'],
    ['before the consent', [...FACTS, CONSENT], '2020-01-20'],
    [
      'after it was withdrawn',
      [...FACTS, CONSENT, fact('ConsentWithdrawn', { at: '2020-02-01', scope: 'dossier' })],
      '2020-02-07',
    ],
    [
      'with a consent to something else',
      [...FACTS, fact('ConsentRecorded', { at: '2020-01-21', scope: 'share', by: 'self' })],
      '2020-02-07',
    ],
  ] as const)('%s shows the id of the case and nothing that anybody wrote', (_, facts, asOf) => {
    const sections = dossier([...facts], asOf);
    const text = JSON.stringify(sections);
    for (const word of PROSE) expect(text).not.toContain(word);
    expect(answersTo(sections, 'name_as_recorded')).toEqual([{ kind: 'id', value: CASE_ID }]);
    expect(answersTo(sections, 'arrest_reasons')).toEqual([
      { kind: 'code', list: 'disclosure', value: 'without_consent' },
    ]);
    expect(text).toContain('no_name_without_consent');
  });

  it('says of what was erased that it was, with consent and without', () => {
    const erased = NOT_TOLD.erased as unknown as string;
    const opened = { person: { names: erased as never, roles: [], born: erased }, summary: erased };
    const arrested = { at: '2020-01-05', detentionId: d1, statedReason: erased, place: { detail: erased } };
    const gone: Value = { kind: 'code', list: 'disclosure', value: 'erased' };
    for (const consented of [true, false]) {
      const sections = dossierOf({
        caseId: CASE_ID,
        docket: docket([fact('CaseOpened', opened), fact('Arrested', arrested)]),
        answer: derivedOn('2020-02-07', [fact('CaseOpened', { person: { names: [], roles: [] } })]),
        law: LAW,
        asOf: '2020-02-07',
        consented,
      });
      expect(answersTo(sections, 'name_as_recorded')).toEqual([{ kind: 'id', value: CASE_ID }, gone]);
      for (const question of ['born', 'arrest_place', 'arrest_reasons', 'circumstances'])
        expect([question, answersTo(sections, question)]).toEqual([question, [gone]]);
      // Nobody had recorded it.
      expect(answersTo(sections, 'arresting_forces')).toEqual([]);
    }
  });

  it('means a case by its id where the names that were consented to are erased', () => {
    const nameless = fact('CaseOpened', { person: { names: [], roles: ['activist'] } });
    expect(answersTo(dossier([nameless, CONSENT]), 'name_as_recorded')).toEqual([
      { kind: 'id', value: CASE_ID },
    ]);
  });

  it('does not tell what came after its day', () => {
    expect(answersTo(dossier([...FACTS, CONSENT], '2020-01-05'), 'remedies')).toEqual([]);
    expect(JSON.stringify(dossier(FACTS, '2020-01-05'))).not.toContain('"sentence"');
  });

  it('tells what came of remedies: of each appeal, and of what was ended, reduced or annulled', () => {
    const told = answersTo(
      dossier([
        ...FACTS,
        CONSENT,
        fact('AppealFiled', { at: '2020-01-11', appealId: id('a2'), decisionId: id('x1') }),
        fact('ProceedingTerminated', { at: '2020-01-25', proceedingId: id('p1'), by: 'the city court' }),
        fact('DecisionRendered', { at: '2020-01-24', decisionId: id('x3'), outcome: 'acquitted' }),
        fact('SentenceReduced', { at: '2020-01-22', penaltyId: id('s1'), days: 10, by: 'the court' }),
        fact('PenaltyAnnulled', { at: '2020-01-23', penaltyId: id('s1'), by: 'review' }),
      ]),
      'remedies',
    );
    const on = (written: string): Value => ({ kind: 'days', earliest: written, latest: written });
    const code = (list: string, value: string): Value => ({ kind: 'code', list, value });
    expect(told).toEqual([
      ...[code('remedy', 'appeal_filed'), on('2020-01-08')],
      ...[code('remedy', 'appeal_decided'), on('2020-01-10'), code('appeal_outcome', 'upheld')],
      ...[code('remedy', 'appeal_filed'), on('2020-01-11')],
      ...[code('remedy', 'sentence_reduced'), on('2020-01-22')],
      ...[
        { kind: 'range', unit: 'days', min: 10, max: 10 },
        { kind: 'text', value: 'the court' },
      ],
      ...[code('remedy', 'penalty_annulled'), on('2020-01-23'), code('annulled_by', 'review')],
      ...[code('ruling', 'acquitted'), on('2020-01-24')],
      ...[
        code('remedy', 'proceeding_terminated'),
        on('2020-01-25'),
        { kind: 'text', value: 'the city court' },
      ],
    ]);
  });

  it('tells every amount that was reported of a fine, each with what stands in its currency', () => {
    const reported = [
      { value: '600', currency: 'USD', qualifier: 'at_least' as const },
      { value: '650', currency: 'USD' },
      { value: '1350.00', currency: 'BYN' },
    ];
    const of = (value: string, currency: string, qualifier?: 'at_least'): Value => ({
      kind: 'money',
      currency,
      value,
      ...(qualifier && { qualifier }),
    });
    const rows = (...more: Fact[]): Value[][] =>
      dossier([
        fact('Fined', { at: '2020-01-21', penaltyId: id('f3'), decisionId: id('x3'), reported }),
        ...more,
      ]).flatMap((section) => (section.kind === 'table' && section.id === 'penalties' ? section.rows : []));
    expect(rows().map(([kind, , ...amounts]) => [(kind as { value: string }).value, ...amounts])).toEqual([
      ['fine', of('600', 'USD', 'at_least'), of('600.00', 'USD', 'at_least')],
      ['same_fine', of('650', 'USD'), of('600.00', 'USD', 'at_least')],
      ['same_fine', of('1350.00', 'BYN'), of('1350.00', 'BYN')],
    ]);
  });

  it('says of a fine that it was at least so much', () => {
    const money = { kind: 'money', currency: 'USD', value: '600.00', qualifier: 'at_least' };
    expect(
      dossier(FACTS).flatMap((section) => (section.kind === 'table' ? section.rows.flat() : [])),
    ).toContainEqual(money);
  });

  it('tells what is left of each penalty beside what was imposed', () => {
    const [s1, f1] = [id('s1'), id('f1')];
    const facts = [
      ...FACTS,
      fact('Sentenced', { at: '2020-01-21', penaltyId: id('s2'), decisionId: id('x2'), days: 10 }),
      fact('Fined', { at: '2020-01-21', penaltyId: id('f2'), decisionId: id('x2'), baseUnits: 50 }),
      fact('SentenceReduced', { at: '2020-01-22', penaltyId: id('s2'), days: 4, by: 'appeal' }),
      fact('PenaltyAnnulled', { at: '2020-01-22', penaltyId: s1, by: 'appeal' }),
      fact('FineWithdrawn', { at: '2020-01-22', penaltyId: f1 }),
    ];
    const term = (of: number): Value => ({ kind: 'range', unit: 'days', min: of, max: of });
    const usd = { kind: 'money', currency: 'USD' } as const;
    expect(penaltiesIn(dossier(facts))).toEqual([
      [term(15), term(0)],
      [
        { ...usd, value: '600.00', qualifier: 'at_least' },
        { ...usd, value: '0.00' },
      ],
      [term(10), term(4)],
      [
        { kind: 'base_units', value: 50 },
        { kind: 'money', currency: 'BYN', value: '1350.00' },
      ],
    ]);
    expect(penaltiesIn(dossier(facts, '2020-01-21'))[0]).toEqual([term(15), term(15)]);
  });

  it('tells once of a penalty that two merged files hold', () => {
    const again = fact('Sentenced', {
      at: '2020-01-08',
      penaltyId: id('s1'),
      decisionId: id('x1'),
      days: 15,
    });
    expect(penaltiesIn(dossier([...FACTS, again]))).toEqual(penaltiesIn(dossier(FACTS)));
  });

  it('tells how long counsel was kept away, and for how long conditions were so', () => {
    const circumstances = answersTo(
      dossier([
        ...FACTS,
        fact('ConditionReported', {
          at: '2020-01-06',
          kind: 'bedding_removed',
          hours: 36,
          reportedBy: 'detainee',
        }),
        fact('CounselDenied', { at: '2020-01-06', denialId: id('c1'), duration: { atLeastHours: 24 } }),
      ]),
      'circumstances',
    );
    expect(circumstances).toContainEqual({ kind: 'range', unit: 'hours', min: 36, max: 36 });
    expect(circumstances).toContainEqual({ kind: 'range', unit: 'hours', min: 24, max: null });
  });

  it.each([...LANGUAGES])('has words for all of it (%s)', async (language) => {
    const content: ReportContent = {
      report: 'person',
      audience: 'internal',
      basis: {
        asOf: '2020-02-07',
        knownAt: '2020-02-08T00:00:00.000Z',
        position: '1',
        filters: { caseId: CASE_ID },
      },
      sections: dossier([...FACTS, CONSENT]),
    };
    const { bytes } = await writeReport(content, { format: 'html', language });
    expect(Buffer.from(bytes).toString('utf8')).toContain('Пётр Маркелаў');
  });
});
