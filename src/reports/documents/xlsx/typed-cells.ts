import type { CellObject } from 'write-excel-file/node';
import type { Value } from '../../content/content.js';
import type { Cell } from '../outline/outline.js';
import type { Phrases } from '../words/words.js';

/** What a column of values needs to be written in numbers and dates: two of them where there are two bounds, or an amount and a currency. */
type Spread = 'single' | 'range' | 'days' | 'money';

/** Of one column of the report: the headings of its columns in the sheet, and the cells for a value. */
export interface SheetColumns {
  headings: string[];
  cells: (cell: Cell) => CellObject[];
}

export const textCell = (text: string): CellObject => ({
  type: String,
  value: text,
  wrap: true,
  alignVertical: 'top',
});

export function sheetColumns(heading: string, values: readonly Value[], phrases: Phrases): SheetColumns {
  const spread = spreadOf(values);
  return {
    headings: headingsOf(heading, spread, phrases),
    cells: (cell) => (spread === 'single' ? [typed(cell)] : pair(cell, spread, phrases)),
  };
}

function spreadOf(values: readonly Value[]): Spread {
  if (values.some(({ kind }) => kind === 'range')) return 'range';
  if (values.some(({ kind }) => kind === 'days')) return 'days';
  const isMoney = (value: Value): boolean =>
    value.kind === 'money' || (value.kind === 'decimal' && value.unit === 'money');
  return values.some(isMoney) ? 'money' : 'single';
}

function headingsOf(heading: string, spread: Spread, phrases: Phrases): string[] {
  switch (spread) {
    case 'single':
      return [heading];
    case 'range':
      return [phrases.lowerBound(heading), phrases.upperBound(heading)];
    case 'days':
      return [phrases.earliest(heading), phrases.latest(heading)];
    case 'money':
      return [heading, phrases.currencyOf(heading)];
  }
}

function pair(cell: Cell, spread: Spread, phrases: Phrases): CellObject[] {
  const { value } = cell;
  if (value.kind === 'range') {
    return [
      numberCell(value.min),
      value.max === null ? textCell(phrases.noUpperBound) : numberCell(value.max),
    ];
  }
  if (value.kind === 'days') {
    return [value.earliest, value.latest].map((day) =>
      day === null ? textCell(phrases.unknownDays) : dayCell(day, DAY),
    );
  }
  if (spread === 'money') {
    const currency = 'currency' in value ? (value.currency ?? '') : '';
    return [typed(cell), textCell(currency)];
  }
  return [typed(cell), typed(cell)];
}

const DAY = 'yyyy-mm-dd';
const MONTH = 'yyyy-mm';
/** A spreadsheet counts its days from 1900, and the first of them wrongly. */
const FIRST_DAY = '1900-03-01';

function typed({ value, text }: Cell): CellObject {
  switch (value.kind) {
    case 'count':
    case 'base_units':
      return numberCell(value.value);
    case 'decimal':
    case 'money':
      return numberCell(Number(value.value), value.value.includes('.') ? '#,##0.00' : '#,##0');
    case 'day':
      return dayCell(value.value, DAY);
    case 'month':
      return dayCell(`${value.value}-01`, MONTH);
    default:
      return textCell(text);
  }
}

const numberCell = (value: number, format = 'General'): CellObject => ({
  type: Number,
  value,
  alignVertical: 'top',
  ...(format === 'General' ? {} : { format }),
});

const dayCell = (day: string, format: string): CellObject =>
  day < FIRST_DAY
    ? textCell(day)
    : { type: Date, value: new Date(`${day}T00:00:00Z`), format, alignVertical: 'top', align: 'left' };
