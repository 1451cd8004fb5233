import type { VNode } from 'preact';
import type { Cell, DefinitionRef } from '../outline/outline.js';
import { el } from './element.js';

const NUMBERS: ReadonlySet<string> = new Set([
  'count',
  'range',
  'decimal',
  'money',
  'base_units',
  'estimate',
]);

/** The classes of a cell: numbers are right-aligned, what people wrote may be broken anywhere. */
const cellClass = ({ value }: Cell): string | undefined => {
  if (NUMBERS.has(value.kind)) return 'number';
  return value.kind === 'text' || value.kind === 'id' ? 'long' : undefined;
};

/** Whatever stands in a column of numbers stands where they do, the words for what is no number, too. */
export const columnClasses = (rows: readonly (readonly Cell[])[]): (string | undefined)[] =>
  (rows[0] ?? []).map((_, c) => {
    const classes = rows.map((row) => cellClass(row[c]!));
    return classes.find((one) => one === 'number') ?? classes.find((one) => one === 'long');
  });

/** What stands in a cell. Recorded text keeps its direction to itself, so that it cannot turn round what stands beside it. */
export function shown({ value, text }: Cell): VNode | string {
  switch (value.kind) {
    case 'text':
    case 'id':
      return el('bdi', null, text);
    case 'withheld':
    case 'absent':
      return el('span', { class: value.kind }, text);
    default:
      return text;
  }
}

export const definitionLink = ({ anchor, label }: DefinitionRef): VNode =>
  el('a', { class: 'ref', href: `#${anchor}` }, label);
