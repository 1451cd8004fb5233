import type { Value } from '../../content/content.js';
import type { Cell } from './outline.js';

const NUMBERS: ReadonlySet<Value['kind']> = new Set([
  'count',
  'range',
  'decimal',
  'money',
  'base_units',
  'estimate',
]);

/** By column, whether it is one of numbers: the words for what is no number then stand where the numbers do. */
export const numericColumns = (rows: readonly (readonly Cell[])[]): boolean[] =>
  (rows[0] ?? []).map((_, c) => rows.some((row) => NUMBERS.has(row[c]!.value.kind)));
