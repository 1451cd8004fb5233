import type { CaseAnswerDto } from '../../cases/http/answers/case-answer.dto.js';
import type { Terminal } from '../terminal.js';
import { between, counted, long, words } from './figures.js';

type Style = Pick<Terminal, 'bold' | 'dim'>;
type Line = readonly [label: string, text: string];

const LABEL_WIDTH = 26;

/** A case to be read by a person; what is not recorded has no line. */
export function casePage(answer: CaseAnswerDto, { bold, dim }: Style): string {
  const [name, ...otherNames] = answer.person.names.map(({ form }) => form);
  const sections: [title: string, lines: Line[]][] = [
    ['Custody', custody(answer)],
    ['Penalties', penalties(answer)],
    ['Fines', answer.totals.fines.map(fine)],
    ['Due process', dueProcess(answer)],
    [
      'Findings',
      answer.findings.map(({ code, value }) => [words(code), value === undefined ? '' : String(value)]),
    ],
  ];
  return [
    `${bold(name ?? '')}  ${answer.person.roles.map(words).join(', ')}`,
    ...(otherNames.length > 0 ? [`also ${otherNames.join(', ')}`] : []),
    dim(`case ${answer.caseId}, revision ${answer.revision}${answer.closed ? ', closed' : ''}`),
    ...answer.mergedFrom.map((caseId) => dim(`with ${caseId}`)),
    dim(`as of ${answer.asOf}, as known at ${answer.knownAt}`),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([title, lines]) => ['', bold(title), ...lines.map(drawn)]),
  ].join('\n');
}

const drawn = ([label, text]: Line): string => `  ${label.padEnd(LABEL_WIDTH)}  ${text}`.trimEnd();

function custody({
  custody: { status, certain, possible, unconfirmed, since, expectedRelease, daysOverdue, detentions },
  totals,
}: CaseAnswerDto): Line[] {
  return [
    ['status', words(status) + (unconfirmed ? ', unconfirmed since the last evidence' : '')],
    ...(certain ? [] : [['possible', possible.map(words).join(' or ')] as const]),
    ...(since === null ? [] : [['since', since] as const]),
    ...(expectedRelease ? [['expected release', between(expectedRelease)] as const] : []),
    ...(daysOverdue.max === 0 ? [] : [['overdue', counted(daysOverdue, 'day')] as const]),
    ...detentions.map(({ from, to, basis }): Line => [
      'held',
      `from ${between(from)}${to ? `, until ${between(to)}` : ', no end recorded'}${basis ? ` (${words(basis)})` : ''}`,
    ]),
    ['in custody', counted(totals.daysInCustody, 'day')],
    ['of it, no sentence', counted(totals.daysInCustodyWithoutSentence, 'day')],
  ];
}

function penalties({ totals }: CaseAnswerDto): Line[] {
  if (totals.sentences === 0) return [];
  const { gross, net } = totals.daysImposed;
  return [
    ['sentences', String(totals.sentences)],
    [
      'imposed',
      counted(gross, 'day') +
        (gross.min === net.min && gross.max === net.max ? '' : `, ${long(net)} still in force`),
    ],
    ['to serve', counted(totals.daysToServe, 'day')],
    ['served', counted(totals.daysServed, 'day')],
    ['outstanding', counted(totals.daysOutstanding, 'day')],
  ];
}

function fine({
  currency,
  imposed,
  outstanding,
  paid,
  atLeast,
  reported,
}: CaseAnswerDto['totals']['fines'][number]): Line {
  const marks = [...(atLeast ? ['at least'] : []), ...(reported ? ['as reported'] : [])].join(', ');
  return [
    `${currency}${marks && ` (${marks})`}`,
    `${imposed} imposed, ${paid} paid, ${outstanding} outstanding`,
  ];
}

function dueProcess({ totals: { counselDenials, conditions, charges, hearings } }: CaseAnswerDto): Line[] {
  return [
    ...(charges > 0 ? [['charges', String(charges)] as const] : []),
    ...(hearings > 0 ? [['hearings', String(hearings)] as const] : []),
    ...(counselDenials.count > 0
      ? [
          [
            'counsel denied',
            `${exactly(counselDenials.count, 'time')}, ${counted(counselDenials.hours, 'hour')}`,
          ] as const,
        ]
      : []),
    ...(conditions.count > 0
      ? [['conditions', `${conditions.count} reported, ${counted(conditions.hours, 'hour')}`] as const]
      : []),
  ];
}

const exactly = (count: number, unit: string): string => counted({ min: count, max: count }, unit);
