import Table from 'cli-table3';
import { isMet, median, ratio, type Figure, type Target } from './figure.js';

export interface BenchReport {
  bench: string;
  figures: readonly Figure[];
}

const HEAD = ['bench', 'measured', 'Habeas', 'beside', 'ratio', 'target', 'met'];

/** For the terminal. */
export function asTable(reports: readonly BenchReport[]): string {
  const table = new Table({ head: HEAD, style: { head: [], border: [] }, wordWrap: true });
  table.push(...rowsOf(reports));
  return table.toString();
}

/** For the file that is kept. */
export function asMarkdown(
  reports: readonly BenchReport[],
  machine: readonly string[],
  settings: string,
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# What `npm run bench` found',
    '',
    'Every ratio is one of medians over rounds of this one run, in which the service and what stands beside it took turns.',
    'Written by the run itself; `bench/README.md` says what is measured.',
    '',
    ...machine.map((fact) => `- ${fact}`),
    `- ${settings}`,
    '',
    line(HEAD),
    line(HEAD.map(() => '---')),
    ...rowsOf(reports).map(line),
    '',
  ].join('\n');
}

function rowsOf(reports: readonly BenchReport[]): string[][] {
  return reports.flatMap(({ bench, figures }) => figures.map((figure) => [bench, ...cellsOf(figure)]));
}

function cellsOf(figure: Figure): string[] {
  const { what, unit, product, baseline, target } = figure;
  const amount = (values: readonly number[]): string =>
    `${rounded(median(values))} ${unit}`.replace(' /', '/');
  const times = ratio(figure);
  const met = isMet(figure);
  return [
    what,
    amount(product),
    baseline ? `${baseline.name}: ${amount(baseline.rounds)}` : '',
    times === undefined ? '' : times.toFixed(2),
    target ? inWords(target, unit) : '',
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

function inWords(target: Target, unit: string): string {
  if ('below' in target) return `< ${target.below} ${unit}`;
  if ('atLeast' in target) return `≥ ${target.atLeast} ${unit}`;
  return `≥ ${target.timesBaseline.toFixed(2)}`;
}

function rounded(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
