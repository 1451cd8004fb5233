import type { ComponentChildren, VNode } from 'preact';
import type { FiguresPart, FormPart, NotesPart, Outline, Part, TablePart } from '../outline/outline.js';
import type { Drawing } from '../plots/drawing.js';
import { columnClasses, definitionLink, shown } from './cells.js';
import { plot } from './plot.js';
import { el } from './element.js';

/** `drawn` has the marks of every plot. */
export function section(part: Part, outline: Outline, drawn: ReadonlyMap<string, DrawnPlot>): VNode {
  const heading = `part-${part.id}`;
  return el(
    'section',
    { 'aria-labelledby': heading },
    el('h2', { id: heading }, part.heading),
    inside(part, outline, drawn, heading),
  );
}

export interface DrawnPlot {
  drawing: Drawing;
  marks: string;
}

function inside(
  part: Part,
  outline: Outline,
  drawn: ReadonlyMap<string, DrawnPlot>,
  heading: string,
): ComponentChildren {
  switch (part.kind) {
    case 'figures':
      return figures(part, outline);
    case 'table':
      return tables(part, outline);
    case 'plot': {
      const { drawing, marks } = drawn.get(part.id)!;
      return plot(drawing, marks, heading);
    }
    case 'form':
      return form(part, outline);
    case 'notes':
      return notes(part);
  }
}

const scrolled = (name: string, inner: VNode): VNode =>
  el('div', { class: 'scroll', tabIndex: 0, role: 'group', 'aria-label': name }, inner);

const head = (headings: ComponentChildren[], classes: readonly (string | undefined)[] = []): VNode =>
  el(
    'thead',
    null,
    el(
      'tr',
      null,
      headings.map((heading, c) =>
        el('th', { scope: 'col', class: c === 0 ? undefined : classes[c] }, heading),
      ),
    ),
  );

const rowHead = (...children: ComponentChildren[]): VNode => el('th', { scope: 'row' }, children);

function figures({ heading, figures }: FiguresPart, { words: { phrases }, subtitle }: Outline): VNode {
  const { figure, value, n, caveat, definition } = phrases.figureColumns;
  return scrolled(
    heading,
    el(
      'table',
      null,
      el('caption', null, `${heading}, ${subtitle}`),
      head([figure, value, n, caveat, definition], ['', 'number', 'number']),
      el(
        'tbody',
        null,
        figures.map((one) =>
          el(
            'tr',
            null,
            rowHead(one.name),
            el('td', { class: 'number' }, shown(one.cell)),
            el(
              'td',
              { class: 'number' },
              one.count === null ? el('span', { class: 'withheld' }, one.n) : one.n,
            ),
            el('td', null, one.caveat),
            el('td', null, definitionLink(one.definition)),
          ),
        ),
      ),
    ),
  );
}

/** With more columns than these a table is set smaller in print. */
const MOST_IN_PRINT = 8;

/** Of a long one the brief one first, and the whole folded below it. */
function tables(part: TablePart, { words: { phrases } }: Outline): ComponentChildren {
  if (part.rows.length === 0) return el('p', null, phrases.emptyTable);
  if (!part.brief) return table(part);
  return [
    el('p', null, phrases.lastDays),
    table({ ...part, rows: part.brief }),
    el(
      'details',
      null,
      el('summary', null, phrases.everyDay),
      table({ ...part, heading: `${part.heading}: ${phrases.everyDay}` }),
    ),
  ];
}

function table({ heading, columns, rows }: TablePart): VNode {
  const classes = columnClasses(rows);
  return scrolled(
    heading,
    el(
      'table',
      columns.length > MOST_IN_PRINT ? { class: 'wide' } : null,
      el('caption', { class: 'unseen' }, heading),
      head(
        columns.map((column) => [column.heading, column.definition && definitionLink(column.definition)]),
        classes,
      ),
      el(
        'tbody',
        null,
        rows.map((row) =>
          el(
            'tr',
            null,
            row.map((cell, c) =>
              c === 0 ? rowHead(shown(cell)) : el('td', { class: classes[c] }, shown(cell)),
            ),
          ),
        ),
      ),
    ),
  );
}

function form({ heading, answers }: FormPart, { words: { phrases } }: Outline): VNode {
  const empty = el('span', { class: 'empty absent' }, phrases.absent);
  return el(
    'table',
    { class: 'form' },
    el('caption', { class: 'unseen' }, heading),
    head([phrases.formColumns.question, phrases.formColumns.answer]),
    el(
      'tbody',
      null,
      answers.map(({ question, cells }) =>
        el(
          'tr',
          null,
          rowHead(question),
          el(
            'td',
            { class: 'long' },
            cells.length === 0 ? empty : cells.map((cell) => el('p', null, shown(cell))),
          ),
        ),
      ),
    ),
  );
}

const notes = ({ notes }: NotesPart): VNode =>
  el(
    'ul',
    null,
    notes.map((note) => el('li', null, note)),
  );
