import type { Basis } from '../../content/content.js';
import { numericColumns } from '../outline/numeric.js';
import type { Cell, FiguresPart, FormPart, Outline, Part, PlotPart, TablePart } from '../outline/outline.js';
import { drawingOf } from '../plots/drawing.js';
import { Paper, SIZES } from './paper.js';
import { plot, roomFor } from './plot.js';
import { SHORT, table, type PrintedCell } from './table.js';

/** A4 pages with text that can be selected and searched, tagged, in the language of the report. */
export async function writePdf(outline: Outline, basis: Basis): Promise<Uint8Array> {
  const { words, title, subtitle, warning } = outline;
  const paper = new Paper(outline, basis, isWide(outline) ? 'landscape' : 'portrait');
  if (warning !== null) {
    paper.text('P', warning, 'bold', SIZES.heading);
    paper.space(4);
  }
  paper.text('H1', title, 'bold', SIZES.title);
  paper.text('P', subtitle, 'regular', SIZES.heading);
  heading(paper, words.phrases.basis.heading);
  for (const { label, text } of outline.basis) paper.text('P', `${label}: ${text}`, 'regular', SIZES.text);
  for (const part of outline.parts) {
    if (part.kind === 'plot') {
      await drawn(paper, part, outline, basis.asOf);
      continue;
    }
    heading(paper, part.heading, part.kind === 'notes' ? 60 : SHORT + 40);
    put(paper, part, outline);
  }
  heading(paper, words.phrases.legend.heading);
  for (const entry of outline.legend) paper.text('P', `• ${entry}`, 'regular', SIZES.text);
  if (outline.definitions.length > 0) heading(paper, words.phrases.definitions);
  for (const { name, label, definition } of outline.definitions) {
    paper.space(4);
    paper.text('H3', `${name} (${label})`, 'bold', SIZES.text);
    paper.text('P', definition, 'regular', SIZES.text);
  }
  const marked = warning === null ? '' : `${warning}  `;
  // A day may end in a point of its own: "2020 г.".
  const said = `${title}, ${subtitle.replace(/\.$/, '')}`;
  return paper.finish((page, of) => `${marked}${said}.  ${words.phrases.page(page, of)}`);
}

/** Upright there is room for so many columns. */
const MOST_COLUMNS = 6;
/** And lying down. */
const MOST_ABREAST = 8;

const isWide = ({ parts }: Outline): boolean =>
  parts.some((part) => part.kind === 'table' && part.columns.length > MOST_COLUMNS);

/** The height of a heading that takes one line, with the space around it. */
const HEADING = 32;

/** `room`: what should stand on the page below it, in points. */
function heading(paper: Paper, text: string, room = 60): void {
  paper.space(12);
  paper.keep(room);
  paper.text('H2', text, 'bold', SIZES.heading, { bookmark: true });
  paper.space(3);
}

/** On one page with its heading and its description. */
async function drawn(paper: Paper, part: PlotPart, outline: Outline, asOf: string): Promise<void> {
  const drawing = drawingOf(part, outline, asOf);
  heading(paper, part.heading, HEADING + roomFor(paper, drawing));
  await plot(paper, drawing);
  paper.text('P', drawing.description, 'regular', SIZES.small);
}

function put(paper: Paper, part: Exclude<Part, PlotPart>, outline: Outline): void {
  switch (part.kind) {
    case 'figures':
      return figures(paper, part, outline);
    case 'table':
      return rows(paper, part, outline);
    case 'form':
      return form(paper, part, outline);
    case 'notes':
      for (const note of part.notes) paper.text('P', `• ${note}`, 'regular', SIZES.text);
  }
}

const printed = ({ value, text }: Cell, isNumeric: boolean): PrintedCell => ({
  text,
  align: isNumeric ? 'right' : 'left',
  italic: value.kind === 'withheld' || value.kind === 'absent',
});

function figures(
  paper: Paper,
  { heading, figures }: FiguresPart,
  { words: { phrases }, subtitle }: Outline,
): void {
  const { figure, value, n, caveat, definition } = phrases.figureColumns;
  table(
    paper,
    `${heading}, ${subtitle}`,
    [
      { text: figure },
      { text: value, align: 'right' },
      { text: n, align: 'right' },
      { text: caveat },
      { text: definition },
    ],
    figures.map((one) => [
      { text: one.name },
      printed(one.cell, true),
      { text: one.n, align: 'right', italic: one.count === null },
      { text: one.caveat },
      { text: one.definition.label },
    ]),
    [25, 22, 13, 24, 20],
  );
}

/** A table that is too wide for the page goes on below itself, its first column beside each part. */
function rows(paper: Paper, { heading, columns, ...all }: TablePart, { words: { phrases } }: Outline): void {
  const rows = all.brief ?? all.rows;
  if (rows.length === 0) return paper.text('P', phrases.emptyTable, 'italic', SIZES.text);
  if (all.brief) paper.text('P', phrases.lastDays, 'regular', SIZES.text);
  const numeric = numericColumns(rows);
  for (const part of abreast(columns.length)) {
    table(
      paper,
      heading,
      part.map((c): PrintedCell => ({ text: columns[c]!.heading, align: numeric[c] ? 'right' : 'left' })),
      rows.map((row) => part.map((c) => printed(row[c]!, numeric[c]!))),
    );
    const defined = part.flatMap((c) => {
      const { heading, definition } = columns[c]!;
      return definition ? [`${heading}: ${definition.label}`] : [];
    });
    if (defined.length > 0) paper.text('P', `${defined.join('; ')}.`, 'regular', SIZES.small);
    paper.space(4);
  }
}

/** The columns of each part: the first, and as many others as there is room for. */
function abreast(columns: number): number[][] {
  const others = Array.from({ length: columns - 1 }, (_, i) => i + 1);
  const parts = Math.max(1, Math.ceil(others.length / (MOST_ABREAST - 1)));
  const each = Math.ceil(others.length / parts);
  return Array.from({ length: parts }, (_, part) => [0, ...others.slice(part * each, (part + 1) * each)]);
}

function form(paper: Paper, { heading, answers }: FormPart, { words: { phrases } }: Outline): void {
  table(
    paper,
    heading,
    [{ text: phrases.formColumns.question }, { text: phrases.formColumns.answer }],
    answers.map(({ question, cells }) => [
      { text: question },
      cells.length === 0
        ? { text: `${phrases.absent}\n\n`, italic: true }
        : { text: cells.map(({ text }) => text).join('\n') },
    ]),
    [36, 64],
  );
}
