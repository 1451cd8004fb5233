import type { Drawing } from '../plots/drawing.js';
import type { Paper } from './paper.js';
import { VegaContext } from './vega-context.js';

/** What stands over a plot and under it on the same page: its heading, and its description. */
const BESIDE = 90;

/** As wide as the page, or as tall as there is room on one. */
const scaleOf = (paper: Paper, { width, height }: Drawing): number =>
  Math.min(paper.width / width, (paper.height - BESIDE) / height);

/** The room that a plot and its description take, in points. */
export const roomFor = (paper: Paper, drawing: Drawing): number =>
  drawing.height * scaleOf(paper, drawing) + BESIDE / 2;

/** Draws a plot as one figure with a text that stands for it, where there is room for it. */
export async function plot(paper: Paper, drawing: Drawing): Promise<void> {
  const { doc } = paper;
  const scale = scaleOf(paper, drawing);
  const height = drawing.height * scale;
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
