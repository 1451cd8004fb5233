import writeSheets, { type CellObject, type Row } from 'write-excel-file/node';
import type { FiguresPart, FormPart, Outline, Part, TablePart } from '../outline/outline.js';
import { sheetNames } from './sheet-names.js';
import { sheetColumns, textCell } from './typed-cells.js';

interface Sheet {
  heading: string;
  rows: Row[];
  /** In characters. */
  widths: number[];
}

/**
 * A sheet for the basis, one for each table, and one for the definitions. Plots are in their tables. Numbers are numbers and days
 * are days; all else is text, whatever it begins with.
 */
export async function writeXlsx(outline: Outline): Promise<Uint8Array> {
  const sheets = [
    basisSheet(outline),
    ...outline.parts.flatMap((part) => sheetOf(part, outline)),
    definitionSheet(outline),
  ];
  const names = sheetNames(sheets.map(({ heading }) => heading));
  return writeSheets(
    sheets.map(({ rows, widths }, i) => ({
      data: rows,
      sheet: names[i]!,
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: i === 0 ? 0 : 1,
      orientation: 'landscape' as const,
    })),
  ).toBuffer();
}

const bold = (text: string): CellObject => ({ ...textCell(text), fontWeight: 'bold' });

function basisSheet({ title, subtitle, warning, basis, legend, parts, words }: Outline): Sheet {
  const notes = parts.flatMap((part) => (part.kind === 'notes' ? part.notes : []));
  return {
    heading: words.phrases.basis.heading,
    rows: [
      [bold(`${title}, ${subtitle}`)],
      ...(warning === null ? [] : [[bold(warning)]]),
      ...basis.map(({ label, text }) => [textCell(label), textCell(text)]),
      [],
      ...notes.map((note) => [textCell(note)]),
      ...(notes.length === 0 ? [] : [[]]),
      [bold(words.phrases.legend.heading)],
      ...legend.map((entry) => [textCell(entry)]),
    ],
    widths: [70, 60],
  };
}

const definitionSheet = ({ definitions, words }: Outline): Sheet => ({
  heading: words.phrases.definitions,
  rows: [
    [bold(words.phrases.figureColumns.figure), bold(words.phrases.figureColumns.definition), bold('')],
    ...definitions.map(({ name, label, definition }) => [
      textCell(name),
      textCell(label),
      textCell(definition),
    ]),
  ],
  widths: [40, 34, 100],
});

function sheetOf(part: Part, outline: Outline): Sheet[] {
  switch (part.kind) {
    case 'figures':
      return [figureSheet(part, outline)];
    case 'table':
      return [tableSheet(part, outline)];
    case 'form':
      return [formSheet(part, outline)];
    case 'plot':
    case 'notes':
      return [];
  }
}

/** Figures of one list are of several kinds, so each has room for both bounds, and its words beside them. */
function figureSheet({ heading, figures }: FiguresPart, { words: { phrases } }: Outline): Sheet {
  const { figure, value, n, caveat, definition } = phrases.figureColumns;
  const bounds = sheetColumns(value, [{ kind: 'range', unit: 'days', min: 0, max: 0 }], phrases);
  return {
    heading,
    rows: [
      [figure, value, ...bounds.headings, n, caveat, definition].map(bold),
      ...figures.map((one) => [
        textCell(one.name),
        textCell(one.cell.text),
        ...bounds.cells(one.cell),
        one.count === null ? textCell(phrases.withheld) : { type: Number, value: one.count },
        textCell(one.caveat),
        textCell(one.definition.label),
      ]),
    ],
    widths: [40, 36, 18, 18, 14, 34, 30],
  };
}

function tableSheet({ heading, columns, rows }: TablePart, { words: { phrases } }: Outline): Sheet {
  const spread = columns.map((column, c) =>
    sheetColumns(
      column.heading,
      rows.map((row) => row[c]!.value),
      phrases,
    ),
  );
  const headings = spread.flatMap((column) => column.headings);
  return {
    heading,
    rows: [headings.map(bold), ...rows.map((row) => row.flatMap((cell, c) => spread[c]!.cells(cell)))],
    widths: headings.map((text) => Math.min(40, Math.max(14, text.length + 2))),
  };
}

const formSheet = ({ heading, answers }: FormPart, { words: { phrases } }: Outline): Sheet => ({
  heading,
  rows: [
    [phrases.formColumns.question, phrases.formColumns.answer].map(bold),
    ...answers.map(({ question, cells }) => [
      textCell(question),
      textCell(cells.map(({ text }) => text).join('\n') || phrases.absent),
    ]),
  ],
  widths: [50, 100],
});
