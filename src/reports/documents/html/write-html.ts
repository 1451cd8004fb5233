import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Outline, PlotPart } from '../outline/outline.js';
import { drawingOf, marksOf } from '../plots/drawing.js';
import { section, type DrawnPlot } from './parts.js';
import { STYLE } from './style.js';
import { el } from './element.js';

/** Nothing runs, nothing is loaded, nothing is sent: not even if a text got through as markup. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** One file that needs no other. `asOf` as YYYY-MM-DD. */
export async function writeHtml(outline: Outline, asOf: string): Promise<string> {
  const drawn = new Map<string, DrawnPlot>();
  for (const part of outline.parts.filter((one): one is PlotPart => one.kind === 'plot')) {
    const drawing = drawingOf(part, outline, asOf);
    drawn.set(part.id, { drawing, marks: await marksOf(drawing) });
  }
  return `<!doctype html>\n${renderToString(page(outline, drawn))}\n`;
}

function page(outline: Outline, drawn: ReadonlyMap<string, DrawnPlot>): VNode {
  const { words, title, subtitle, warning, basis } = outline;
  return el(
    'html',
    { lang: words.locale },
    el(
      'head',
      null,
      el('meta', { charset: 'utf-8' }),
      el('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
      el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      el('meta', { name: 'referrer', content: 'no-referrer' }),
      el('title', null, `${title}, ${subtitle}`),
      el('style', { dangerouslySetInnerHTML: { __html: STYLE } }),
    ),
    el(
      'body',
      null,
      el(
        'header',
        null,
        warning === null ? null : el('p', { class: 'warning' }, warning),
        el('h1', null, title),
        el('p', null, subtitle),
      ),
      el(
        'main',
        null,
        el(
          'section',
          { 'aria-labelledby': 'basis' },
          el('h2', { id: 'basis' }, words.phrases.basis.heading),
          el(
            'dl',
            null,
            basis.map(({ label, text }) => [el('dt', null, label), el('dd', null, el('bdi', null, text))]),
          ),
        ),
        outline.parts.map((part) => section(part, outline, drawn)),
        legend(outline),
        appendix(outline),
      ),
    ),
  );
}

const legend = ({ words: { phrases }, legend }: Outline): VNode =>
  el(
    'section',
    { 'aria-labelledby': 'legend' },
    el('h2', { id: 'legend' }, phrases.legend.heading),
    el(
      'ul',
      null,
      legend.map((entry) => el('li', null, entry)),
    ),
  );

function appendix({ definitions, words: { phrases } }: Outline): VNode | null {
  if (definitions.length === 0) return null;
  return el(
    'section',
    { 'aria-labelledby': 'definitions' },
    el('h2', { id: 'definitions' }, phrases.definitions),
    definitions.map(({ anchor, name, label, definition }) => [
      el('h3', { id: anchor }, `${name} (${label})`),
      el('p', null, definition),
    ]),
  );
}
