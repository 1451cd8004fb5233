import type { VNode } from 'preact';
import { numericColumns } from '../outline/numeric.js';
import type { Cell, DefinitionRef } from '../outline/outline.js';
import { el } from './element.js';

/** The classes of columns: numbers are right-aligned, what people wrote may be broken anywhere. */
export function columnClasses(rows: readonly (readonly Cell[])[]): (string | undefined)[] {
  const isLong = ({ value: { kind } }: Cell): boolean => kind === 'text' || kind === 'id';
  return numericColumns(rows).map((isNumeric, c) =>
    isNumeric ? 'number' : rows.some((row) => isLong(row[c]!)) ? 'long' : undefined,
  );
}

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
