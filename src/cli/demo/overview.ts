import type { CaseAnswerDto } from '../../cases/http/answers/case-answer.dto.js';
import { short, words } from '../view/figures.js';
import { table } from '../view/table.js';

const COLUMNS = [
  { title: 'Person', width: 18 },
  { title: 'Status', width: 21 },
  { title: 'Days imposed', width: 8, right: true },
  { title: 'In custody', width: 7, right: true },
  { title: 'Served', width: 6, right: true },
  { title: 'Out- standing', width: 8, right: true },
  { title: 'Fines', width: 5, right: true },
  { title: 'Counsel denials', width: 10, right: true },
  { title: 'Findings', width: 20 },
];

/** The cases side by side, in less than 120 columns. */
export function overview(cases: readonly CaseAnswerDto[]): string {
  return table(COLUMNS, cases.map(row), { spaced: true });
}

function row({ person, custody, totals, findings }: CaseAnswerDto): string[] {
  const { count, hours } = totals.counselDenials;
  return [
    person.names[0]?.form ?? '',
    words(custody.status) + (custody.unconfirmed ? ', unconfirmed' : ''),
    short(totals.daysImposed.gross),
    short(totals.daysInCustody),
    short(totals.daysServed),
    short(totals.daysOutstanding),
    totals.fines.map(({ currency, imposed }) => `${imposed} ${currency}`).join(' ') || '0',
    count === 0 ? '0' : `${count} (${short(hours)} h)`,
    findings.map(({ code }) => words(code)).join(', '),
  ];
}

/** What the table adds up to, as far as it may be added up. */
export function summary(cases: readonly CaseAnswerDto[]): string {
  const sentenced = cases.filter(({ totals }) => totals.sentences > 0);
  const days = sentenced.reduce((sum, { totals }) => sum + totals.daysImposed.gross.min, 0);
  return `At least ${days} days of administrative detention imposed on ${sentenced.length} people. 24+ reads: at least 24, no upper bound known.`;
}
