import type { Basis, ReportContent, ReportName, Section, Value } from '../../src/reports/content/content.js';
import {
  ABSENT,
  WITHHELD,
  code,
  count,
  day,
  days,
  figure,
  figures,
  mean,
  money,
  month,
  notes,
  range,
  table,
  text,
} from './content-values.js';
import { DETAINEES, PERSON } from './contents-of-persons.js';

const BASIS: Basis = {
  asOf: '2021-04-07',
  knownAt: '2021-04-08T09:30:00.000Z',
  position: '0000000000004711',
  filters: {},
};

const MONTHLY: Section[] = [
  figures(
    { ...figure('arrests', count(1_204), 1_100), uncertain: 12 },
    figure('held_confirmed', count(0), 0),
    figure('held_unconfirmed', WITHHELD, null),
    figure('days_imposed_gross', range(6_472, 6_472), 395, 'at_least'),
    figure('days_in_custody', range(26, 31), 7, 'at_least'),
    figure('days_outstanding', range(24, null), 6, 'at_least'),
    figure('fines_gross', money('120901.00'), 82, 'at_least'),
    figure('base_units', { kind: 'base_units', value: 4_169 }, 82, 'at_least'),
    figure('term_mean', mean('16.38'), 395),
    figure('term_median', mean('15'), 395),
    figure('fine_mean', { kind: 'decimal', unit: 'money', value: '1474.40', currency: 'BYN' }, 82),
    figure('fine_median', ABSENT, 0),
  ),
  table(
    'decisions_by_outcome',
    ['outcome', 'decisions'],
    [
      [code('outcome', 'detention_only'), count(395)],
      [code('outcome', 'fine_only'), count(82)],
      [code('outcome', 'both'), WITHHELD],
      [code('outcome', 'acquitted'), count(0)],
    ],
  ),
  table('held_by_day', ['day', 'held', 'held_unconfirmed'], heldByDay()),
  {
    kind: 'plot',
    id: 'held_by_day_plot',
    shape: 'line',
    table: 'held_by_day',
    x: 'day',
    y: ['held', 'held_unconfirmed'],
  },
  table(
    'by_month',
    ['month', 'sentences', 'fines'],
    [
      [month('2020-11'), count(1_630), count(412)],
      [month('2020-12'), count(1_120), count(333)],
      [month('2021-01'), count(340), WITHHELD],
      [month('2021-02'), count(0), count(55)],
      [month('2021-03'), count(395), count(82)],
      [code('row', 'period'), count(3_485), WITHHELD],
    ],
  ),
  {
    kind: 'plot',
    id: 'penalties_by_month_plot',
    shape: 'bars',
    table: 'by_month',
    x: 'month',
    y: ['sentences', 'fines'],
  },
  table(
    'penalties',
    ['kind', 'amount'],
    (['at_least', 'at_most', 'approximate'] as const).map((qualifier) => [
      code('penalty_kind', 'fine'),
      { kind: 'money', currency: 'USD', value: '600.00', qualifier },
    ]),
  ),
  notes('documented_is_not_all', 'small_counts_withheld', 'two_worlds', 'currencies_never_summed'),
];

function heldByDay(): Value[][] {
  return Array.from({ length: 26 }, (_, i) => [
    day(`2021-03-${String(i + 1).padStart(2, '0')}`),
    i === 12 ? WITHHELD : count(40 + ((i * 7) % 23)),
    count(5 + (i % 4)),
  ]);
}

const CAMPAIGN: Section[] = [
  table(
    'waves',
    ['wave', 'arrests', 'persons'],
    [
      [text('November 2019'), count(41), count(38)],
      [
        text('December 2019: talks on integration with the neighbouring state, and what followed'),
        count(112),
        count(97),
      ],
    ],
  ),
  { kind: 'plot', id: 'waves_plot', shape: 'bars', table: 'waves', x: 'wave', y: ['arrests'] },
  table(
    'estimates',
    ['predicate', 'period', 'documented', 'estimated', 'estimator', 'gap'],
    [
      [
        code('predicate', 'charged_and_fined'),
        { kind: 'period', from: '2019-11-01', to: '2020-02-07' },
        count(5),
        { kind: 'estimate', op: 'gt', value: 150 },
        text('local human rights defenders'),
        code('difference', 'predicate'),
      ],
      [
        code('predicate', 'arrested'),
        { kind: 'period', from: '2019-11-01', to: null },
        count(153),
        { kind: 'estimate', op: 'between', value: 180, high: 220 },
        text('=HYPERLINK("http://evil.example")'),
        count(27),
      ],
    ],
  ),
  {
    kind: 'plot',
    id: 'estimates_plot',
    shape: 'bars',
    table: 'estimates',
    x: 'estimator',
    y: ['documented', 'estimated'],
  },
  notes('estimates_never_added'),
];

const ARTICLES: Section[] = [
  table(
    'articles',
    ['family', 'article', 'sentences', 'fines', 'days_gross', 'fines_gross'],
    [
      [
        code('family', 'mass_events'),
        text('23.34'),
        count(300),
        count(70),
        range(4_000, 4_000),
        money('99000.00'),
      ],
      [
        code('family', 'mass_events'),
        text('24.23'),
        count(95),
        count(12),
        range(2_472, 2_500),
        money('21901.00'),
      ],
      [code('family', 'BY-CoAO-2021/19.11'), text('19.11'), count(0), WITHHELD, range(0, 0), WITHHELD],
    ],
  ),
  { kind: 'plot', id: 'articles_plot', shape: 'bars', table: 'articles', x: 'article', y: ['days_gross'] },
];

const DUE_PROCESS: Section[] = [
  figures(
    figure('counsel_denials', count(2), 2),
    figure('counsel_denial_hours', range(48, null, 'hours'), 2, 'at_least'),
  ),
  table(
    'counsel',
    ['pretext', 'result', 'denials'],
    [
      [code('pretext', 'no_meeting_room'), code('result', 'undetermined'), count(2)],
      [code('pretext', 'quarantine'), code('result', 'exceeded48h'), count(0)],
    ],
  ),
  table(
    'conditions',
    ['condition', 'reports', 'hours'],
    [
      [code('condition', 'bedding_removed'), count(1), range(36, 36, 'hours')],
      [code('condition', 'cold'), count(21), range(1, null, 'hours')],
    ],
  ),
];

const MISSING: Section[] = [
  table(
    'missing',
    ['case', 'missing', 'times'],
    [
      [
        { kind: 'id', value: '5f8f5106-0a20-58f8-8ca7-c761694c005b' },
        code('missing', 'no_release'),
        count(1),
      ],
      [{ kind: 'id', value: 'c2a90b1e-0000-4000-8000-000000000001' }, code('missing', 'no_region'), count(4)],
    ],
  ),
  table('penalties', ['kind', 'decided', 'amount'], []),
];

const COMPLIANCE: Section[] = [
  table(
    'calls',
    ['call', 'addressee', 'made', 'state', 'met', 'not_met'],
    [
      [
        code('recommendation', 'terminate_proceedings'),
        text('Government'),
        days(null, '2020-02-07'),
        code('call_state', 'open'),
        count(0),
        count(1),
      ],
      [
        code('recommendation', 'release_unconditional'),
        text('Government'),
        days(null, '2020-02-07'),
        code('call_state', 'partly'),
        WITHHELD,
        count(5),
      ],
      [
        code('recommendation', 'withdraw_fines'),
        text('Government'),
        day('2020-02-07'),
        code('call_state', 'met'),
        ABSENT,
        count(0),
      ],
    ],
  ),
  notes('law_partly_assumed', 'runs_assumed_consecutive', 'no_name_without_consent'),
];

const SECTIONS: Record<ReportName, Section[]> = {
  monthly: MONTHLY,
  detainees: DETAINEES,
  person: PERSON,
  campaign: CAMPAIGN,
  articles: ARTICLES,
  'due-process': DUE_PROCESS,
  missing: MISSING,
  compliance: COMPLIANCE,
};

const FILTERS: Partial<Record<ReportName, Basis['filters']>> = {
  monthly: {
    from: '2021-03-01',
    to: '2021-03-31',
    region: 'BY-HM',
    role: 'journalist',
    family: 'mass_events',
  },
  person: { caseId: '5f8f5106-0a20-58f8-8ca7-c761694c005b' },
};

/** A report as content, rich in what is hard to write: every kind of value, nothing at all, and names that somebody chose with care. */
export const reportContent = (report: ReportName): ReportContent => ({
  report,
  audience: report === 'monthly' ? 'public' : 'internal',
  basis: { ...BASIS, filters: FILTERS[report] ?? {} },
  sections: SECTIONS[report],
});
