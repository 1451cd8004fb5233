import type { Mark, Spec } from 'vega';
import type { Outline, PlotPart } from '../outline/outline.js';
import { measured, scaleEnd } from './measured.js';
import { field, fillOf, inkOf, inLines, LINE_HEIGHT, paper, texts, WIDTH } from './sheet-of-paper.js';

const LEFT = 190;
const RIGHT = 180;
const BAR = 18;
const GAP = 14;
const AXIS = 26;
const LEGEND_LINE = 22;
/** How much of a bar without a known end is drawn, in pixels. */
const OPEN_END = 30;

/** Lying bars, a group for each row: so long names and values find room, and months run down as in the table. */
export function bars(part: PlotPart, { words: { phrases } }: Outline): Spec {
  const { table, section } = part;
  const at = (id: string): number => table.columns.findIndex((column) => column.id === id);
  const series = section.y.map((id, s) => ({
    at: at(id),
    name: table.columns[at(id)]!.heading,
    fill: fillOf(inkOf(s), part.id),
  }));
  const legend = series.length > 1 ? series : [];
  const top = legend.length * LEGEND_LINE + 6;

  const names: { y: number; lines: string[] }[] = [];
  const drawn: { y: number; min: number; max: number | null; fill: string; told: string; lines: string[] }[] =
    [];
  const undrawn: { y: number; told: string; lines: string[] }[] = [];
  let height = 0;
  for (const row of table.rows) {
    const name = row[at(section.x)]!.text;
    const lines = inLines(name, LEFT - 12);
    const room = Math.max(series.length * BAR, lines.length * LINE_HEIGHT) + GAP;
    const middle = height + room / 2;
    names.push({ y: top + middle, lines });
    for (const [s, { at, name: heading, fill }] of series.entries()) {
      const { value, text } = row[at]!;
      const size = measured(value);
      const y = middle + (s - series.length / 2) * BAR;
      const label = { y, told: phrases.mark(name, heading, text), lines: inLines(text, RIGHT, 1) };
      if (size) drawn.push({ ...label, ...size, fill });
      else undrawn.push(label);
    }
    height += room;
  }
  const end = scaleEnd(Math.max(0, ...drawn.map(({ min, max }) => max ?? min)));

  return {
    ...paper(top + height + AXIS),
    data: [
      {
        name: 'legend',
        values: legend.map(({ name, fill }, i) => ({ y: i * LEGEND_LINE + 4, fill, lines: [name] })),
      },
      { name: 'names', values: names },
      { name: 'drawn', values: drawn },
      { name: 'undrawn', values: undrawn },
    ],
    marks: [
      swatches,
      texts('legend', { x: { value: LEFT + 32 }, y: { signal: 'datum.y + 7' } }, 'left'),
      texts('names', { x: { value: LEFT - 10 }, y: { field: 'y' } }, 'right'),
      field([LEFT, top, WIDTH - LEFT - RIGHT, height], {
        scales: [{ name: 'x', type: 'linear', domain: [0, end], range: [0, WIDTH - LEFT - RIGHT] }],
        axes: [
          {
            orient: 'bottom',
            scale: 'x',
            aria: false,
            grid: true,
            tickCount: 5,
            tickMinStep: 1,
            format: ',~f',
          },
        ],
        marks: [
          beyond,
          certain,
          texts('drawn', { x: { signal: `${END} + 6` }, y: MIDDLE }, 'left'),
          texts('undrawn', { x: { value: 6 }, y: MIDDLE }, 'left', 'told'),
        ],
      }),
    ],
  };
}

const MIDDLE = { signal: `datum.y + ${BAR / 2}` };
/** Where a bar stops, whatever it knows of its end. */
const END = `(datum.max === null ? scale('x', datum.min) + ${OPEN_END} : scale('x', datum.max))`;
const THICKNESS = { y: { signal: 'datum.y + 1.5' }, height: { value: BAR - 3 } };

const swatches: Mark = {
  type: 'rect',
  from: { data: 'legend' },
  aria: false,
  encode: {
    enter: {
      x: { value: LEFT },
      y: { field: 'y' },
      width: { value: 26 },
      height: { value: 14 },
      fill: { field: 'fill' },
      stroke: { value: '#111111' },
    },
  },
};

/** From the lower bound to the upper, or to where nobody knows. */
const beyond: Mark = {
  type: 'rect',
  from: { data: 'drawn' },
  aria: false,
  encode: {
    enter: {
      ...THICKNESS,
      x: { scale: 'x', field: 'min' },
      x2: { signal: END },
      fill: { value: '#ffffff' },
      stroke: { value: '#111111' },
      strokeDash: { value: [3, 2] },
    },
  },
};

/** Up to the lower bound: what is surely so. */
const certain: Mark = {
  type: 'rect',
  name: 'figures',
  from: { data: 'drawn' },
  encode: {
    enter: {
      ...THICKNESS,
      x: { scale: 'x', value: 0 },
      x2: { scale: 'x', field: 'min' },
      fill: { field: 'fill' },
      stroke: { value: '#111111' },
      description: { field: 'told' },
    },
  },
};
