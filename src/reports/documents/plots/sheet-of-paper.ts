import type { GroupMark, Mark, Spec } from 'vega';

/** In CSS pixels. Wide enough for a page; a phone scrolls it sideways. */
export const WIDTH = 720;
const FONT_SIZE = 12;
export const LINE_HEIGHT = 15;
/** Characters of the font of the size are narrower than this on the average, Cyrillic ones too. */
const CHARACTER = 6.6;

/** Inks that stay apart in black and white, by the place of a series. */
const INKS = ['solid', 'hatch', 'empty', 'dots', 'grid'] as const;
export type Ink = (typeof INKS)[number];

export const inkOf = (series: number): Ink => INKS[series % INKS.length]!;

/** What a mark is filled with; `prefix` keeps the patterns of two plots on one page apart. */
export function fillOf(ink: Ink, prefix: string): string {
  if (ink === 'solid') return '#333333';
  return ink === 'empty' ? '#ffffff' : `url(#${prefix}-${ink})`;
}

/** The text in lines of at most so many pixels, by words; a word that is longer is cut, and said to be. */
export function inLines(text: string, width: number, most = 3): string[] {
  const room = Math.floor(width / CHARACTER);
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length > room ? `${word.slice(0, room - 1)}…` : word);
  }
  if (lines.length <= most) return lines;
  const end = lines[most - 1]!;
  return [...lines.slice(0, most - 1), `${end.slice(0, room - 1)}…`];
}

/** Every place is worked out beforehand: without a browser Vega can only guess how wide its texts are. */
export const paper = (height: number): Spec => ({
  width: WIDTH,
  height,
  padding: 0,
  autosize: 'none',
  background: 'white',
  config: {
    axis: {
      labelFontSize: FONT_SIZE,
      labelColor: '#111111',
      tickColor: '#555555',
      domainColor: '#555555',
      gridColor: '#cccccc',
      labelPadding: 4,
    },
    text: { fontSize: FONT_SIZE, fill: '#111111', lineHeight: LINE_HEIGHT },
  },
});

type Place = { value: number } | { field: string } | { signal: string };

/** Texts of a list of data; not read out, since the mark beside them says it all, unless they are `told`. */
export const texts = (
  data: string,
  at: { x: Place; y: Place },
  align: 'left' | 'right',
  told?: 'told',
): Mark => ({
  type: 'text',
  from: { data },
  aria: told !== undefined,
  encode: {
    enter: {
      ...at,
      text: { field: 'lines' },
      align: { value: align },
      baseline: { value: 'middle' },
      dy: { signal: `-(length(datum.lines) - 1) * ${LINE_HEIGHT / 2}` },
      ...(told ? { description: { field: told }, fontStyle: { value: 'italic' } } : {}),
    },
  },
});

/** A field with scales of its own, whose grid ends where it does; `x` and `y` are its corner. */
export const field = (
  [x, y, width, height]: readonly [x: number, y: number, width: number, height: number],
  inside: Pick<GroupMark, 'scales' | 'axes' | 'marks'>,
): Mark => ({
  type: 'group',
  encode: {
    enter: { x: { value: x }, y: { value: y }, width: { value: width }, height: { value: height } },
  },
  signals: [
    { name: 'width', update: String(width) },
    { name: 'height', update: String(height) },
  ],
  ...inside,
});

/** How days are written along an axis: as closely as the days stand. */
export const DAYS_ON_AXIS = {
  year: '%Y',
  quarter: '%b %Y',
  month: '%b %Y',
  week: '%e %b',
  date: '%e %b',
  day: '%e %b',
};
