import { stringify } from 'csv-stringify/sync';
import type { FigureSection, ReportContent } from '../../content/content.js';
import { harmless } from '../phrasing/harmless.js';
import { givenIn } from '../outline/given-in.js';
import type { Cell, Outline } from '../outline/outline.js';
import { neutral } from './neutral.js';
import { plainValue } from './plain-value.js';

/** The columns, in every language the same: a program reads them. */
const COLUMNS = [
  'section',
  'row',
  'item',
  'label',
  'kind',
  'value',
  'upper',
  'unit',
  'text',
  'n',
  'caveat',
  'uncertain',
  'definition',
  'version',
] as const;

type Line = Partial<Record<(typeof COLUMNS)[number], string | number>>;

/**
 * One line for each value: of the basis, of each figure, of each cell of a table, of each answer of a form, and for each note.
 * Plots are in their tables. UTF-8 with a byte order mark, for without one spreadsheets take Cyrillic for something else.
 */
export function writeCsv(content: ReportContent, outline: Outline): string {
  return stringify([...basisLines(content), ...partLines(content, outline)].map(neutralLine), {
    header: true,
    columns: [...COLUMNS],
    escape_formulas: true,
    bom: true,
    quoted_string: true,
    record_delimiter: '\r\n',
  });
}

function basisLines({ report, audience, basis }: ReportContent): Line[] {
  const { filters, ...question } = basis;
  const said = { report, audience, ...question, ...Object.fromEntries(givenIn(filters)) };
  return Object.entries(said).map(([item, value]) => ({ section: 'basis', item, kind: 'text', value }));
}

function partLines(content: ReportContent, outline: Outline): Line[] {
  return outline.parts.flatMap((part, i): Line[] => {
    const section = content.sections[i]!;
    switch (part.kind) {
      case 'figures':
        return part.figures.map(({ name, cell }, k) => {
          const { id, version, n, caveat, uncertain = '' } = (section as FigureSection).figures[k]!;
          const told = { item: id, label: name, n: n ?? '', caveat, uncertain, definition: id, version };
          return { section: part.id, ...told, ...cellOf(cell) };
        });
      case 'table':
        return part.rows.flatMap((row, k) =>
          row.map((cell, c) => ({
            section: part.id,
            row: k + 1,
            item: part.columns[c]!.id,
            label: part.columns[c]!.heading,
            ...cellOf(cell),
          })),
        );
      case 'form':
        return part.answers.flatMap(({ id, question, cells }) =>
          (cells.length === 0 ? [UNANSWERED] : cells.map(cellOf)).map((cell, k) => ({
            section: part.id,
            row: k + 1,
            item: id,
            label: question,
            ...cell,
          })),
        );
      case 'notes':
        return part.notes.map((text, k) => ({ section: part.id, row: k + 1, kind: 'note', text }));
      case 'plot':
        return [];
    }
  });
}

/** The question stays, and nothing answers it. */
const UNANSWERED: Line = { kind: 'absent' };

function cellOf({ value, text }: Cell): Line {
  return { kind: value.kind, ...plainValue(value), text };
}

const neutralLine = (line: Line): Line =>
  Object.fromEntries(
    Object.entries(line).map(([column, cell]) => [
      column,
      typeof cell === 'string' ? neutral(harmless(cell)) : cell,
    ]),
  );
