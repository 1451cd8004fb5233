import { describe, expect, it } from '@jest/globals';
import { JSDOM } from 'jsdom';
import { reportContent } from '../../../../test/support/report-contents.js';
import { EACH } from '../../../../test/support/written-reports.js';
import type { Outline, PlotPart } from '../outline/outline.js';
import { outlineOf } from '../outline/outline-of.js';
import { drawingOf, marksOf } from './drawing.js';
import { measured, scaleEnd } from './measured.js';
import { inLines } from './sheet-of-paper.js';

const AS_OF = '2021-04-07';
const plotsOf = ({ parts }: Outline): PlotPart[] =>
  parts.filter((part): part is PlotPart => part.kind === 'plot');

async function svgOf(part: PlotPart, outline: Outline): Promise<Document> {
  const marks = await marksOf(drawingOf(part, outline, AS_OF));
  return new JSDOM(`<svg xmlns="http://www.w3.org/2000/svg">${marks}</svg>`, { contentType: 'image/svg+xml' })
    .window.document;
}

const told = (svg: Document): string[] =>
  [...svg.querySelectorAll('[role=graphics-symbol][aria-label]')]
    .map((mark) => mark.getAttribute('aria-label')!)
    .sort();

/** What the marks of a plot must say, from its table alone. */
function inTable({ section: { shape, x, y }, table }: PlotPart, { words: { phrases } }: Outline): string[] {
  const at = (id: string): number => table.columns.findIndex((column) => column.id === id);
  const rows = table.rows.flatMap((row) => {
    if (row[at(x)]!.value.kind === 'code') return [];
    const name = row[at(x)]!.text;
    if (shape !== 'timeline') {
      return y.map((id) => phrases.mark(name, table.columns[at(id)]!.heading, row[at(id)]!.text));
    }
    const [from, to] = y.map((id) => row[at(id)]!);
    return [phrases.stretch(name, from!.text, to!.value.kind === 'absent' ? phrases.goingOn : to!.text)];
  });
  return rows.sort();
}

const monthly = outlineOf(reportContent('monthly'), 'en');
const bars = plotsOf(monthly).find(({ section }) => section.shape === 'bars')!;

describe('the marks of a plot', () => {
  it.each(EACH.filter(([report]) => plotsOf(outlineOf(reportContent(report), 'en')).length > 0))(
    'of %s say what stands in its table, each once (%s)',
    async (report, language) => {
      const outline = outlineOf(reportContent(report), language);
      for (const part of plotsOf(outline))
        expect(told(await svgOf(part, outline))).toEqual(inTable(part, outline));
    },
  );

  it('would be seen to say something else', async () => {
    const other = structuredClone(bars.table);
    other.rows[0]![1]!.text = '1,631';
    expect(told(await svgOf(bars, monthly))).not.toEqual(inTable({ ...bars, table: other }, monthly));
  });

  it('are as long as the figures are great', async () => {
    const svg = await svgOf(bars, monthly);
    const columns = ['sentences', 'fines'].map((id) =>
      bars.table.columns.findIndex((column) => column.id === id),
    );
    const drawnRows = bars.table.rows.filter((row) => row[0]!.value.kind !== 'code');
    const sizes = drawnRows.flatMap((row) => columns.map((c) => measured(row[c]!.value)?.min));
    const drawn = [...svg.querySelectorAll('.mark-rect path[aria-label]')].map((bar) =>
      Number(/^M[\d.]+,[\d.]+h([\d.]+)/.exec(bar.getAttribute('d')!)?.[1] ?? 0),
    );
    const known = sizes.filter((size) => size !== undefined);
    const scale = Math.max(...drawn) / Math.max(...known);
    expect(drawn.length).toBe(known.length);
    for (const [i, size] of known.entries()) expect(drawn[i]).toBeCloseTo(size * scale, 6);
  });

  it('are told apart without colour', async () => {
    const svg = await svgOf(bars, monthly);
    const fills = new Set(
      [...svg.querySelectorAll('.mark-rect path[aria-label]')].map((bar) => bar.getAttribute('fill')),
    );
    expect(fills).toEqual(new Set(['#333333', `url(#${bars.id}-hatch)`]));
    const inks = [...svg.querySelectorAll('[fill], [stroke]')].flatMap((mark) =>
      ['fill', 'stroke'].map((ink) => mark.getAttribute(ink)).filter((ink) => ink?.startsWith('#')),
    );
    for (const ink of inks) expect(ink).toMatch(/^#(.)\1*$|^#(..)\2\2$/);
  });
});

describe('a text beside a mark', () => {
  it('is put in lines by words, and says that it was cut', () => {
    expect(inLines('one two three', 60)).toEqual(['one two', 'three']);
    expect(inLines('a'.repeat(50), 66)).toEqual([`${'a'.repeat(9)}…`]);
    expect(inLines('one two three four', 40, 2)).toEqual(['one', 'two…']);
    expect(inLines('', 60)).toEqual(['']);
  });
});

describe('a scale', () => {
  it.each([
    [0, 1],
    [1, 1],
    [7, 8],
    [41, 50],
    [150, 200],
    [1630, 2000],
  ])('up to %i ends with %i', (most, end) => expect(scaleEnd(most)).toBe(end));
});
