import { parse, View } from 'vega';
import type { Outline, PlotPart } from '../outline/outline.js';
import { bars } from './bars.js';
import { lines } from './lines.js';
import { plotLocale } from './plot-locale.js';
import { WIDTH } from './sheet-of-paper.js';
import { timeline } from './timeline.js';

/** A plot, drawn and not yet put on a page. */
export interface Drawing {
  /** Keeps its patterns apart from those of another plot on the page. */
  id: string;
  title: string;
  /** What kind of plot it is, and that its figures stand in a table. */
  description: string;
  width: number;
  height: number;
  view: View;
}

/** `asOf` as YYYY-MM-DD: how far a stretch is drawn that has no end. */
export function drawingOf(plot: PlotPart, outline: Outline, asOf: string): Drawing {
  const part = withoutSums(plot);
  const spec =
    part.section.shape === 'bars'
      ? bars(part, outline)
      : part.section.shape === 'line'
        ? lines(part, outline)
        : timeline(part, outline, asOf);
  const { phrases, locale } = outline.words;
  return {
    id: part.id,
    title: part.heading,
    description: `${phrases.plotOf[part.section.shape]}. ${phrases.dataOf(part.table.heading)}`,
    width: WIDTH,
    height: spec.height as number,
    view: new View(parse(spec, { locale: plotLocale(locale) }), { renderer: 'none', loader: NO_LOADER }),
  };
}

/** A row that has a code for its x is the sum of others, or a rest, and would dwarf them. */
function withoutSums(part: PlotPart): PlotPart {
  const { table, section } = part;
  const x = table.columns.findIndex(({ id }) => id === section.x);
  return { ...part, table: { ...table, rows: table.rows.filter((row) => row[x]?.value.kind !== 'code') } };
}

/** A plot is made of what it is given; nothing is ever fetched for it. */
const NO_LOADER = {
  load: () => Promise.reject(new Error('a plot loads nothing')),
  sanitize: () => Promise.reject(new Error('a plot has no links')),
  http: () => Promise.reject(new Error('a plot loads nothing')),
  file: () => Promise.reject(new Error('a plot loads nothing')),
};

/** The marks as SVG, without the element around them, for a page to put its own around: names, a description, patterns. */
export async function marksOf({ view }: Drawing): Promise<string> {
  const svg = await view.toSVG();
  return svg
    .slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'))
    .replaceAll(/ aria-roledescription="[^"]*"/g, '');
}
