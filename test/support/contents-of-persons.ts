import type { Section, TableSection } from '../../src/reports/content/content.js';
import {
  ABSENT,
  code,
  count,
  day,
  days,
  figure,
  figures,
  notes,
  range,
  table,
  text,
} from './content-values.js';
import { HOSTILE } from './hostile-words.js';

export const DETAINEES: Section[] = [
  figures(figure('held', count(8), 8), figure('held_confirmed', count(7), 7)),
  {
    ...(table(
      'detainees',
      ['name', 'case', 'status', 'since', 'confirmed_until', 'release', 'days_in_custody'],
      [
        ...HOSTILE.map((name, i) => [
          text(name),
          { kind: 'id' as const, value: `5f8f5106-0a20-58f8-8ca7-c761694c00${10 + i}` },
          code('status', i % 2 === 0 ? 'in_custody_serving' : 'in_custody_overdue'),
          i === 3 ? days(null, '2021-03-02') : days('2021-03-01', '2021-03-04'),
          day('2021-04-01'),
          i === 4 ? ABSENT : days('2021-04-09', '2021-04-11'),
          i === 3 ? range(36, null) : range(26 + i, 31 + i),
        ]),
        [
          ABSENT,
          { kind: 'id', value: 'c2a9' },
          code('status', 'whereabouts_unknown'),
          ABSENT,
          ABSENT,
          ABSENT,
          range(0, 0),
        ],
      ],
    ) as TableSection),
    columns: [
      { id: 'name' },
      { id: 'case' },
      { id: 'status' },
      { id: 'since' },
      { id: 'confirmed_until' },
      { id: 'release' },
      { id: 'days_in_custody', figure: { id: 'days_in_custody', version: 1 } },
    ],
  },
  notes('names_only_with_consent'),
];

export const PERSON: Section[] = [
  {
    kind: 'form',
    id: 'dossier_identity',
    answers: [
      { question: 'family_name', values: [] },
      { question: 'first_name', values: [] },
      {
        question: 'name_as_recorded',
        values: [text('Дзмітрый Казлоў'), text(HOSTILE[0]!), text(HOSTILE[6]!)],
      },
      { question: 'sex', values: [code('sex', 'male')] },
      { question: 'nationality', values: [] },
    ],
  },
  {
    kind: 'form',
    id: 'dossier_arrest',
    answers: [
      { question: 'arrest_date', values: [day('2019-12-25'), days('2020-02-01', '2020-02-03')] },
      { question: 'warrant_shown', values: [code('answer', 'no')] },
    ],
  },
  { kind: 'form', id: 'dossier_submitter', answers: [{ question: 'signature', values: [] }] },
  table(
    'custody',
    ['detention', 'from', 'to', 'days_in_custody'],
    [
      [text('1'), day('2019-12-25'), day('2020-01-20'), range(26, 26)],
      [text('2'), days('2020-02-01', '2020-02-07'), days('2020-02-20', '2020-03-02'), range(13, 30)],
      [text(HOSTILE[0]!), day('2021-03-01'), ABSENT, range(24, 37)],
    ],
  ),
  {
    kind: 'plot',
    id: 'custody_plot',
    shape: 'timeline',
    table: 'custody',
    x: 'detention',
    y: ['from', 'to'],
  },
  figures(
    figure('days_in_custody', range(63, 93), 1, 'at_least'),
    figure('days_served', range(26, 26), 1, 'at_least'),
  ),
];
