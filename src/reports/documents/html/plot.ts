import type { VNode } from 'preact';
import { patternTiles } from '../plots/patterns.js';
import type { Drawing } from '../plots/drawing.js';
import { el } from './element.js';

/** `marks` is SVG that the drawing itself has given, every text in it escaped. */
export function plot(
  { id, title, description, width, height }: Drawing,
  marks: string,
  heading: string,
): VNode {
  return el(
    'figure',
    { 'aria-labelledby': heading },
    el(
      'div',
      { class: 'scroll', tabIndex: 0, role: 'group', 'aria-label': title },
      el(
        'svg',
        {
          xmlns: 'http://www.w3.org/2000/svg',
          viewBox: `0 0 ${width} ${height}`,
          role: 'graphics-document',
          'aria-labelledby': `${id}-title ${id}-desc`,
          'font-family': 'system-ui, "Segoe UI", "DejaVu Sans", Arial, sans-serif',
        },
        el('title', { id: `${id}-title` }, title),
        el('desc', { id: `${id}-desc` }, description),
        el('defs', null, patternTiles(id).map(tile)),
        el('g', { dangerouslySetInnerHTML: { __html: marks } }),
      ),
    ),
    el('figcaption', null, description),
  );
}

const tile = ({ id, size, path, dot }: ReturnType<typeof patternTiles>[number]): VNode =>
  el(
    'pattern',
    { id, width: size, height: size, patternUnits: 'userSpaceOnUse' },
    el('rect', { width: size, height: size, fill: '#ffffff' }),
    el('path', { d: path, stroke: '#111111', 'stroke-width': 1.1, fill: dot ? '#111111' : 'none' }),
  );
