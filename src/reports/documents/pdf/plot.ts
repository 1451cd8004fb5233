import type { Drawing } from '../plots/drawing.js';
import type { Paper } from './paper.js';
import { VegaContext } from './vega-context.js';

/** The most of a page that a plot may take. */
const TALLEST = 640;

/** Draws a plot as wide as the page, as one figure with a text that stands for it. */
export async function plot(paper: Paper, drawing: Drawing): Promise<void> {
  const { doc } = paper;
  const scale = Math.min(paper.width / drawing.width, TALLEST / drawing.height);
  const height = drawing.height * scale;
  paper.keep(height + 30);
  const top = doc.y;
  // Vega draws when it is asked to and not later, but says so by a promise: the element is closed after it.
  const element = doc.struct('Figure', { alt: `${drawing.title}. ${drawing.description}` });
  paper.root.add(element);
  const content = doc.markStructureContent('Figure');
  element.add(content);
  doc.save();
  doc.translate(paper.left, top).scale(scale);
  await drawing.view.toCanvas(1, { externalContext: new VegaContext(doc, drawing.id) });
  doc.restore();
  doc.endMarkedContent();
  element.end();
  doc.x = paper.left;
  doc.y = top + height + 6;
}
