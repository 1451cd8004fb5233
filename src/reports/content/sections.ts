import { formatDay, type Day } from '../../cases/domain/dates/day.js';
import { keyOf } from '../figures/cells.js';
import { DEFINITIONS, type FigureId } from '../figures/definitions.js';
import type { Figures } from '../figures/figures.js';
import { earliestOf, latestOf, type On } from '../figures/sheet.js';
import type { Figure, FigureSection, PlotSection, Section, TableSection, Value } from './content.js';

export const ABSENT: Value = { kind: 'absent' };

export const count = (value: number): Value => ({ kind: 'count', value });
export const text = (value: string | undefined): Value =>
  value === undefined ? ABSENT : { kind: 'text', value };
export const code = (list: string, value: string): Value => ({ kind: 'code', list, value });
export const onDay = (day: Day | null | undefined): Value =>
  day === null || day === undefined ? ABSENT : { kind: 'day', value: formatDay(day) };

/** The days on which something can have happened. */
export function onDays(on: On): Value {
  const [earliest, latest] = [earliestOf(on), latestOf(on)];
  if (earliest === latest) return onDay(latest);
  return {
    kind: 'days',
    earliest: Number.isFinite(earliest) ? formatDay(earliest) : null,
    latest: formatDay(latest),
  };
}

/** The figures that are one number each. */
export const figuresIn = (id: string, { cells }: Figures, figures: readonly FigureId[]): FigureSection => ({
  kind: 'figures',
  id,
  figures: figures.flatMap((figure): Figure[] => {
    const cell = cells[figure];
    if (!cell) return [];
    const { value, n, caveat, uncertain } = cell;
    const { version } = DEFINITIONS[figure];
    return [{ id: figure, version, value, n, caveat, ...(uncertain === undefined ? {} : { uncertain }) }];
  }),
});

/** A figure is the number in a cell, or the persons behind it. */
export interface Column {
  id: string;
  figure?: FigureId;
}

export const column = ({ id, figure }: Column): TableSection['columns'][number] => ({
  id,
  ...(figure === undefined ? {} : { figure: { id: figure, version: DEFINITIONS[figure].version } }),
});

/** The rows that a figure has, whatever the others have. */
export const rowsOf = ({ cells }: Figures, figure: FigureId): string[] =>
  Object.values(cells).flatMap((cell) => (cell.figure === figure && cell.of !== undefined ? [cell.of] : []));

/** Of one cell; nothing is counted where there is none. */
export function cellValue({ cells }: Figures, figure: FigureId, of = ''): Value {
  const cell = cells[keyOf(figure, of)];
  if (cell) return cell.value;
  const { form } = DEFINITIONS[figure];
  return form === 'count' || form === 'persons' || form === 'days_in_world' ? count(0) : ABSENT;
}

function personsBehind({ cells }: Figures, figure: FigureId, of: string): Value {
  const cell = cells[keyOf(figure, of)];
  if (!cell) return count(0);
  return cell.n === null ? { kind: 'withheld' } : count(cell.n);
}

/** A figure told apart, and others told apart in the same way; last the persons behind the first. */
export function breakdown(
  id: string,
  figures: Figures,
  label: { id: string; value: (of: string) => Value },
  columns: readonly FigureId[],
  rows: readonly string[] = rowsOf(figures, columns[0]!),
): TableSection {
  return {
    kind: 'table',
    id,
    columns: [
      { id: label.id },
      ...columns.map((figure) => column({ id: figure, figure })),
      column({ id: 'persons', figure: columns[0]! }),
    ],
    rows: rows.map((of) => [
      label.value(of),
      ...columns.map((figure) => cellValue(figures, figure, of)),
      personsBehind(figures, columns[0]!, of),
    ]),
  };
}

export const plot = (
  id: string,
  shape: PlotSection['shape'],
  table: string,
  x: string,
  y: string[],
): PlotSection => ({
  kind: 'plot',
  id,
  shape,
  table,
  x,
  y,
});

export const notes = (...said: string[]): Section => ({ kind: 'notes', id: 'notes', notes: said });
