import type { Figure, Section, Value } from '../../src/reports/content/content.js';

export const count = (value: number): Value => ({ kind: 'count', value });
export const text = (value: string): Value => ({ kind: 'text', value });
export const day = (value: string): Value => ({ kind: 'day', value });
export const days = (earliest: string | null, latest: string | null): Value => ({
  kind: 'days',
  earliest,
  latest,
});
export const month = (value: string): Value => ({ kind: 'month', value });
export const code = (list: string, value: string): Value => ({ kind: 'code', list, value });
export const range = (min: number, max: number | null, unit: 'days' | 'hours' = 'days'): Value => ({
  kind: 'range',
  unit,
  min,
  max,
});
export const money = (value: string, currency = 'BYN'): Value => ({ kind: 'money', currency, value });
export const mean = (value: string): Value => ({ kind: 'decimal', unit: 'days', value });
export const WITHHELD: Value = { kind: 'withheld' };
export const ABSENT: Value = { kind: 'absent' };

export const figure = (
  id: string,
  value: Value,
  n: number | null = 25,
  caveat: Figure['caveat'] = 'documented',
): Figure => ({
  id,
  version: 1,
  value,
  n,
  caveat,
});

export const figures = (...list: Figure[]): Section => ({ kind: 'figures', id: 'overview', figures: list });
export const notes = (...list: string[]): Section => ({ kind: 'notes', id: 'notes', notes: list });

export const table = (id: string, columns: string[], rows: Value[][]): Section => ({
  kind: 'table',
  id,
  columns: columns.map((column) => ({ id: column })),
  rows,
});
