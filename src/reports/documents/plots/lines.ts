import type { Mark, Spec } from 'vega';
import type { Cell, Outline, PlotPart } from '../outline/outline.js';
import { instantsOf, measured, scaleEnd } from './measured.js';
import { DAYS_ON_AXIS, field, inLines, LINE_HEIGHT, paper, texts, WIDTH } from './sheet-of-paper.js';

const LEFT = 60;
const RIGHT = 190;
const TOP = 14;
const HEIGHT = 260;
const AXIS = 30;
const KEY = 20;
/** More marks than these would lie on each other: then only some are seen, and all are read out. */
const SEEN = 24;
/** Stands on the axis where there is no number. */
const GAP = '×';

const DASHES: readonly number[][] = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond'];

interface Point {
  at: number;
  n: number | null;
  text: string;
  told: string;
  seen: boolean;
}

/** Lines that keep their height until the next day of the table; a gap where there is no number. */
export function lines(part: PlotPart, { words: { phrases } }: Outline): Spec {
  const { table, section } = part;
  const at = (id: string): number => table.columns.findIndex((column) => column.id === id);
  const every = Math.ceil(table.rows.length / SEEN);
  const series = section.y.map((id) => {
    const heading = table.columns[at(id)]!.heading;
    const points = table.rows.map((row, r): Point => {
      const when = row[at(section.x)]!;
      const cell = row[at(id)]!;
      return {
        at: instantsOf(when.value).earliest ?? NaN,
        n: measured(cell.value)?.min ?? null,
        text: cell.text,
        told: phrases.mark(when.text, heading, cell.text),
        seen: r % every === 0 || r === table.rows.length - 1,
      };
    });
    return { heading, points, last: table.rows.at(-1)?.[at(id)] };
  });
  const end = scaleEnd(Math.max(0, ...series.flatMap(({ points }) => points.map(({ n }) => n ?? 0))));
  const instants = series[0]?.points.map((point) => point.at) ?? [];

  const gaps = [
    ...new Set(series.flatMap(({ points }) => points.filter(({ n }) => n === null).map(({ text }) => text))),
  ];

  return {
    ...paper(TOP + HEIGHT + AXIS + (gaps.length > 0 ? KEY : 0)),
    data: [
      ...series.map(({ points }, s) => ({ name: `line-${s}`, values: points.filter(({ n }) => n !== null) })),
      ...series.map(({ points }, s) => ({ name: `path-${s}`, values: points })),
      ...series.map(({ points }, s) => ({
        name: `gap-${s}`,
        values: points.filter(({ n }) => n === null).map((point) => ({ ...point, lines: [GAP] })),
      })),
      { name: 'ends', values: endLabels(series, end) },
      { name: 'key', values: gaps.length > 0 ? [{ lines: [`${GAP}  ${gaps.join(', ')}`] }] : [] },
    ],
    marks: [
      field([LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT], {
        scales: [
          {
            name: 'x',
            type: 'utc',
            domain: [instants[0] ?? 0, instants.at(-1) ?? 1],
            range: [0, WIDTH - LEFT - RIGHT],
          },
          { name: 'y', type: 'linear', domain: [0, end], range: [HEIGHT, 0] },
        ],
        axes: [
          {
            orient: 'left',
            scale: 'y',
            aria: false,
            grid: true,
            tickCount: 5,
            tickMinStep: 1,
            format: ',~f',
          },
          {
            orient: 'bottom',
            scale: 'x',
            aria: false,
            tickCount: Math.min(6, Math.max(1, instants.length)),
            labelOverlap: true,
            labelFlush: true,
            format: DAYS_ON_AXIS,
          },
        ],
        marks: series.flatMap((_, s) => [path(s), points(s), gapMarks(s)]),
      }),
      texts('key', { x: { value: LEFT }, y: { value: TOP + HEIGHT + AXIS + 8 } }, 'left'),
      texts('ends', { x: { value: WIDTH - RIGHT + 12 }, y: { field: 'y' } }, 'left'),
    ],
  };
}

/** At the end of each line its name and last value, moved apart where the lines end close together. */
function endLabels(
  series: readonly { heading: string; points: readonly Point[]; last: Cell | undefined }[],
  end: number,
): { y: number; lines: string[] }[] {
  const labels = series
    .map(({ heading, points, last }) => ({
      y: TOP + HEIGHT * (1 - (points.findLast(({ n }) => n !== null)?.n ?? 0) / end),
      lines: inLines(`${heading}: ${last?.text ?? ''}`, RIGHT - 14),
    }))
    .sort((a, b) => a.y - b.y);
  let free = 0;
  for (const label of labels) {
    const half = (label.lines.length * LINE_HEIGHT) / 2;
    label.y = Math.max(label.y, free + half);
    free = label.y + half + 3;
  }
  const over = free - (TOP + HEIGHT + AXIS);
  return over > 0 ? labels.map((label) => ({ ...label, y: label.y - over })) : labels;
}

const path = (s: number): Mark => ({
  type: 'line',
  from: { data: `path-${s}` },
  aria: false,
  encode: {
    enter: {
      x: { scale: 'x', field: 'at' },
      y: { scale: 'y', field: 'n' },
      defined: { signal: 'datum.n !== null' },
      interpolate: { value: 'step-after' },
      stroke: { value: '#111111' },
      strokeWidth: { value: 1.6 },
      strokeDash: { value: DASHES[s % DASHES.length]! },
    },
  },
});

const points = (s: number): Mark => ({
  type: 'symbol',
  name: `figures-${s}`,
  from: { data: `line-${s}` },
  encode: {
    enter: {
      x: { scale: 'x', field: 'at' },
      y: { scale: 'y', field: 'n' },
      shape: { value: SHAPES[s % SHAPES.length]! },
      size: { signal: 'datum.seen ? 34 : 1' },
      fill: { value: s % 2 === 0 ? '#111111' : '#ffffff' },
      stroke: { value: '#111111' },
      description: { field: 'told' },
    },
  },
});

const gapMarks = (s: number): Mark =>
  texts(
    `gap-${s}`,
    { x: { signal: "scale('x', datum.at) - 4" }, y: { value: HEIGHT - 7 - s * 12 } },
    'left',
    'told',
  );
