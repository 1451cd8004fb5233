import type { Mark, Spec } from 'vega';
import type { Outline, PlotPart } from '../outline/outline.js';
import { instantsOf } from './measured.js';
import { DAYS_ON_AXIS, field, fillOf, inLines, LINE_HEIGHT, paper, texts, WIDTH } from './sheet-of-paper.js';

const LEFT = 170;
const RIGHT = 200;
const BAR = 18;
const GAP = 16;
const AXIS = 30;
const TOP = 4;
const DAY = 86_400_000;

interface Stretch {
  y: number;
  /** Surely from `solidFrom` to `solidTo`; perhaps from `from` to `to`. */
  from: number;
  to: number;
  solidFrom: number;
  solidTo: number;
  goesOn: boolean;
  told: string;
}

/** Stretches of time below each other. Days that are only possible are hatched; what has no recorded end goes on to an arrow. */
export function timeline(part: PlotPart, outline: Outline, asOf: string): Spec {
  const { table, section } = part;
  const { phrases } = outline.words;
  const at = (id: string | undefined): number => table.columns.findIndex((column) => column.id === id);
  const [start, end] = [at(section.y[0]), at(section.y[1])];
  const today = Date.parse(`${asOf}T00:00:00Z`);
  const known = table.rows.flatMap((row) =>
    [row[start]!, row[end]!].flatMap((cell) => Object.values(instantsOf(cell.value))),
  );
  const days = [today, ...known.filter((day): day is number => day !== null)];
  const [first, last] = [Math.min(...days) - DAY, Math.max(...days) + DAY];

  const names: { y: number; lines: string[] }[] = [];
  const dates: { y: number; lines: string[] }[] = [];
  let height = 0;
  const stretches = table.rows.map((row): Stretch => {
    const [from, to, name] = [row[start]!, row[end]!, row[at(section.x)]!.text];
    const goesOn = to.value.kind === 'absent';
    const ending = goesOn ? phrases.goingOn : to.text;
    const nameLines = inLines(name, LEFT - 12);
    const dateLines = inLines(`${from.text} – ${ending}`, RIGHT - 12, 4);
    const room = Math.max(BAR, Math.max(nameLines.length, dateLines.length) * LINE_HEIGHT) + GAP;
    const middle = height + room / 2;
    names.push({ y: TOP + middle, lines: nameLines });
    dates.push({ y: TOP + middle, lines: dateLines });
    height += room;
    const [began, ended] = [instantsOf(from.value), instantsOf(to.value)];
    const solidFrom = began.latest ?? last;
    const lastDay = goesOn ? today : (ended.latest ?? last);
    return {
      y: middle - BAR / 2,
      from: began.earliest ?? first,
      to: lastDay,
      solidFrom,
      solidTo: Math.max(solidFrom, goesOn ? today : (ended.earliest ?? solidFrom)),
      goesOn,
      told: phrases.stretch(name, from.text, ending),
    };
  });

  return {
    ...paper(TOP + height + AXIS),
    data: [
      { name: 'names', values: names },
      { name: 'dates', values: dates },
      { name: 'stretches', values: stretches },
      { name: 'going-on', values: stretches.filter(({ goesOn }) => goesOn) },
    ],
    marks: [
      texts('names', { x: { value: LEFT - 10 }, y: { field: 'y' } }, 'right'),
      texts('dates', { x: { value: WIDTH - RIGHT + 16 }, y: { field: 'y' } }, 'left'),
      field([LEFT, TOP, WIDTH - LEFT - RIGHT, height], {
        scales: [{ name: 'x', type: 'utc', domain: [first, last], range: [0, WIDTH - LEFT - RIGHT] }],
        axes: [
          {
            orient: 'bottom',
            scale: 'x',
            aria: false,
            grid: true,
            tickCount: 4,
            labelOverlap: true,
            format: DAYS_ON_AXIS,
          },
        ],
        marks: [possible(fillOf('hatch', part.id)), sure, arrows],
      }),
    ],
  };
}

const THICKNESS = { y: { field: 'y' }, height: { value: BAR } };

const possible = (fill: string): Mark => ({
  type: 'rect',
  name: 'figures',
  from: { data: 'stretches' },
  encode: {
    enter: {
      ...THICKNESS,
      x: { scale: 'x', field: 'from' },
      x2: { signal: "max(scale('x', datum.to), scale('x', datum.from) + 2)" },
      fill: { value: fill },
      stroke: { value: '#111111' },
      strokeDash: { value: [3, 2] },
      description: { field: 'told' },
    },
  },
});

const sure: Mark = {
  type: 'rect',
  from: { data: 'stretches' },
  aria: false,
  encode: {
    enter: {
      ...THICKNESS,
      x: { scale: 'x', field: 'solidFrom' },
      x2: { scale: 'x', field: 'solidTo' },
      fill: { value: '#333333' },
    },
  },
};

const arrows: Mark = {
  type: 'symbol',
  from: { data: 'going-on' },
  aria: false,
  encode: {
    enter: {
      x: { signal: "scale('x', datum.to) + 7" },
      y: { signal: `datum.y + ${BAR / 2}` },
      shape: { value: 'triangle-right' },
      size: { value: 140 },
      fill: { value: '#111111' },
    },
  },
};
