import type { ReportContent } from '../../reports/content/content.js';
import type { FiguresPart, Part, TablePart } from '../../reports/documents/outline/outline.js';
import { outlineOf } from '../../reports/documents/outline/outline-of.js';
import type { Api } from '../api.js';
import { table } from '../view/table.js';

const COLUMN_WIDTH = 23;

/** Of each report the sections that are shown, and of tables too wide for a terminal the columns. */
const SHOWN: Record<string, Record<string, readonly string[] | 'all'>> = {
  monthly: {
    overview: 'all',
    days: 'all',
    denials_by_result: 'all',
    denials_by_pretext: 'all',
    conditions_by_kind: 'all',
    estimates: ['estimator', 'predicate', 'estimated', 'documented', 'difference'],
  },
  compliance: { calls: ['call', 'addressee', 'made', 'call_outstanding', 'call_state'] },
};

/** Parts of reports as a person reads them in any other format. */
export async function reported(api: Api, asOf: string, position: string): Promise<string> {
  const drawn: string[] = [];
  for (const [report, sections] of Object.entries(SHOWN)) {
    const content = await api.get<ReportContent>(
      `/v1/reports/${report}?asOf=${asOf}&minPosition=${position}`,
    );
    const { parts } = outlineOf(content, 'en');
    for (const [section, columns] of Object.entries(sections)) {
      const part = parts.find(({ id }) => id === section);
      if (part) drawn.push(draw(part, columns));
    }
  }
  return drawn.join('\n');
}

function draw(part: Part, columns: readonly string[] | 'all'): string {
  if (part.kind === 'figures') return `\n${part.heading}\n${figuresOf(part)}`;
  return part.kind === 'table' ? `\n${part.heading}\n${tableOf(part, columns)}` : '';
}

const figuresOf = ({ figures }: FiguresPart): string =>
  table(
    [
      { title: 'Figure', width: 26 },
      { title: 'Value', width: 40 },
      { title: 'Persons', width: 9 },
      { title: '' },
    ],
    figures.map(({ name, cell, n, caveat }) => [name, cell.text, n, caveat]),
  );

function tableOf({ columns, rows }: TablePart, shown: readonly string[] | 'all'): string {
  const isShown = columns.map(({ id }) => shown === 'all' || shown.includes(id));
  return table(
    columns.filter((_, n) => isShown[n]).map(({ heading }) => ({ title: heading, width: COLUMN_WIDTH })),
    rows.map((row) => row.filter((_, n) => isShown[n]).map(({ text }) => text)),
  );
}
