import { SIZES, type Paper } from './paper.js';
import { printable } from './printable.js';

/** A cell as it is set. */
export interface PrintedCell {
  text: string;
  align?: 'left' | 'right';
  italic?: boolean;
}

const PADDING = 3.5;
const CAPTION = 16;
/** A table that is no higher is not divided between pages. */
export const SHORT = 220;

/**
 * A table with its rows kept whole and its heads repeated on each page. `shares` say how wide the columns are beside each other.
 * A row that is longer than a page is cut by the page.
 */
export function table(
  paper: Paper,
  caption: string,
  heads: readonly PrintedCell[],
  rows: readonly (readonly PrintedCell[])[],
  shares: readonly number[] = widthsFor(heads, rows),
): void {
  const { doc } = paper;
  const total = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => (share / total) * paper.width);
  const lefts = widths.map((_, c) => paper.left + widths.slice(0, c).reduce((sum, width) => sum + width, 0));

  const height = (cells: readonly PrintedCell[], bold: boolean): number => {
    const heights = cells.map(({ text, italic }, c) => {
      paper.set(bold ? 'bold' : italic ? 'italic' : 'regular', SIZES.text);
      return doc.heightOfString(printable(text), { width: widths[c]! - 2 * PADDING });
    });
    return Math.max(...heights) + 2 * PADDING;
  };
  const frame = (y: number, tall: number, shaded: boolean): void =>
    paper.artifact(() => {
      for (const [c, left] of lefts.entries()) {
        doc.lineWidth(0.5).rect(left, y, widths[c]!, tall);
        if (shaded) doc.fillAndStroke('#eeeeee', '#767676');
        else doc.stroke('#767676');
      }
    });
  const put = ({ text, align = 'left', italic }: PrintedCell, c: number, y: number, bold: boolean): void => {
    paper.set(bold ? 'bold' : italic ? 'italic' : 'regular', SIZES.text);
    doc.text(printable(text), lefts[c]! + PADDING, y + PADDING, { width: widths[c]! - 2 * PADDING, align });
  };

  const headHeight = height(heads, true);
  const heights = rows.map((cells) => height(cells, false));
  const whole = heights.reduce((sum, tall) => sum + tall, headHeight) + CAPTION;
  paper.keep(whole <= SHORT ? whole : headHeight + Math.min(heights[0] ?? 0, SHORT) + CAPTION);
  const element = paper.within('Table');
  paper.text('Caption', caption, 'regular', SIZES.small, { parent: element });
  paper.space(2);

  const row = (cells: readonly PrintedCell[], kind: 'head' | 'body'): void => {
    const tall = height(cells, kind === 'head');
    if (paper.keep(tall) && kind === 'body') {
      const top = doc.y;
      frame(top, headHeight, true);
      paper.artifact(() => heads.forEach((cell, c) => put(cell, c, top, true)));
      doc.y = top + headHeight;
    }
    const y = doc.y;
    frame(y, tall, kind === 'head');
    const line = paper.within('TR', element);
    for (const [c, cell] of cells.entries()) {
      const scope = kind === 'head' ? 'Column' : c === 0 ? 'Row' : undefined;
      paper.tagged(scope ? 'TH' : 'TD', line, () => put(cell, c, y, kind === 'head'), scope ? { scope } : {});
    }
    doc.x = paper.left;
    // A row longer than a page has gone on to the next by itself.
    doc.y = doc.y < y ? doc.y + PADDING : y + tall;
  };
  row(heads, 'head');
  for (const cells of rows) row(cells, 'body');
  paper.space(6);
}

/** By the longest words and the length of what stands in them, so that a column of names is wider than one of numbers. */
function widthsFor(heads: readonly PrintedCell[], rows: readonly (readonly PrintedCell[])[]): number[] {
  return heads.map((head, c) => {
    const texts = [head.text, ...rows.map((row) => row[c]!.text)];
    const word = Math.max(
      ...texts.flatMap((text) => text.split(/\s+/)).map((part) => Math.min(part.length, 24)),
    );
    const text = Math.max(...texts.map(({ length }) => Math.min(length, 60)));
    return Math.max(word + 2, Math.sqrt(text) * 3);
  });
}
