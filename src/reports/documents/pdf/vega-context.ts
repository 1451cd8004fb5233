import { patternTiles } from '../plots/patterns.js';
import { printable } from './printable.js';

/** `dx` and `dy` are how far the paper has been moved since the step was said. */
type Step = (doc: PDFKit.PDFDocument, dx: number, dy: number) => void;
type Paint = string | [PDFKit.PDFTilingPattern, string];

/**
 * What Vega draws on, of the canvas that browsers have: only what its marks here use. So a plot comes into the PDF as lines, areas
 * and texts and not as a picture. A path is kept until it is painted, since a canvas fills and strokes the same path.
 */
export class VegaContext {
  globalAlpha = 1;
  globalCompositeOperation = 'source-over';
  fillStyle = '#000000';
  strokeStyle = '#000000';
  lineWidth = 1;
  lineCap: 'butt' | 'round' | 'square' = 'butt';
  lineJoin: 'miter' | 'round' | 'bevel' = 'miter';
  miterLimit = 4;
  lineDashOffset = 0;
  font = '12px sans-serif';
  textAlign: 'left' | 'right' | 'center' = 'left';
  textBaseline = 'alphabetic';
  readonly pixelRatio = 1;
  #path: { step: Step; moved: { x: number; y: number } }[] = [];
  #moved = { x: 0, y: 0 };
  readonly #saved: { x: number; y: number }[] = [];
  #dash: number[] = [];
  readonly #tiles: ReadonlyMap<string, PDFKit.PDFTilingPattern>;

  constructor(
    private readonly doc: PDFKit.PDFDocument,
    plot: string,
  ) {
    this.#tiles = new Map(
      patternTiles(plot).map(({ id, size, path, dot }) => [
        `url(#${id})`,
        doc.pattern([0, 0, size, size], size, size, `0.9 w ${pdfPath(path)} ${dot ? 'f' : 'S'}`),
      ]),
    );
  }

  save(): void {
    this.#saved.push(this.#moved);
    this.doc.save();
  }

  restore(): void {
    this.#moved = this.#saved.pop() ?? this.#moved;
    this.doc.restore();
  }

  scale(x: number, y: number): void {
    this.doc.scale(x, y);
  }

  translate(x: number, y: number): void {
    this.#moved = { x: this.#moved.x + x, y: this.#moved.y + y };
    this.doc.translate(x, y);
  }

  beginPath(): void {
    this.#path = [];
  }

  closePath(): void {
    this.#add((doc) => doc.closePath());
  }

  moveTo(x: number, y: number): void {
    this.#add((doc, dx, dy) => doc.moveTo(x + dx, y + dy));
  }

  lineTo(x: number, y: number): void {
    this.#add((doc, dx, dy) => doc.lineTo(x + dx, y + dy));
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#add((doc, dx, dy) => doc.rect(x + dx, y + dy, width, height));
  }

  arc(x: number, y: number, radius: number, from: number, to: number): void {
    if (Math.abs(to - from) < 2 * Math.PI - 1e-9) throw new Error('plots here have whole circles only');
    this.#add((doc, dx, dy) => doc.circle(x + dx, y + dy, radius));
  }

  setLineDash(dash: readonly number[]): void {
    this.#dash = [...dash];
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  fill(): void {
    const tile = this.#tiles.get(this.fillStyle);
    this.doc.save();
    if (tile) {
      this.#trace();
      this.doc.fill('#ffffff');
    }
    this.#trace();
    const paint: Paint = tile ? [tile, '#111111'] : this.fillStyle;
    this.doc.fillOpacity(this.globalAlpha).fill(paint as PDFKit.Mixins.ColorValue);
    this.doc.restore();
  }

  stroke(): void {
    this.doc.save();
    this.doc
      .lineWidth(this.lineWidth)
      .lineCap(this.lineCap)
      .lineJoin(this.lineJoin)
      .miterLimit(this.miterLimit);
    const [length, ...rest] = this.#dash;
    if (length !== undefined)
      this.doc.dash([length, ...rest] as unknown as number, { phase: this.lineDashOffset });
    this.#trace();
    this.doc.strokeOpacity(this.globalAlpha).stroke(this.strokeStyle);
    this.doc.restore();
  }

  /** As canvases give it; only the width is asked for. */
  measureText(text: string): { width: number } {
    this.#setFont();
    return { width: this.doc.widthOfString(printable(text)) };
  }

  fillText(text: string, x: number, y: number): void {
    const content = printable(text);
    const width = this.measureText(text).width;
    const left = this.textAlign === 'left' ? x : x - (this.textAlign === 'right' ? width : width / 2);
    const { x: penX, y: penY } = this.doc;
    this.doc.fillOpacity(this.globalAlpha).fillColor(this.fillStyle);
    this.doc.text(content, left, y, { lineBreak: false, baseline: 'alphabetic' });
    this.doc.x = penX;
    this.doc.y = penY;
  }

  #setFont(): void {
    const size = Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 12);
    const face = this.font.includes('bold') ? 'bold' : this.font.includes('italic') ? 'italic' : 'regular';
    this.doc.font(face).fontSize(size);
  }

  #trace(): void {
    for (const { step, moved } of this.#path) {
      step(this.doc, moved.x - this.#moved.x, moved.y - this.#moved.y);
    }
  }

  /** A symbol is said while the paper is moved to its place, and painted when it is back. */
  #add(step: Step): void {
    this.#path.push({ step, moved: this.#moved });
  }
}

/** The few commands of the tiles' paths (M, L, h, v, Z), in the operators of PDF. */
function pdfPath(path: string): string {
  let [x, y] = [0, 0];
  const operators: string[] = [];
  for (const [, command, numbers = ''] of path.matchAll(/([MLhvZ])([^MLhvZ]*)/g)) {
    const [a = 0, b = 0] = numbers.trim().split(/[ ,]+/).map(Number);
    if (command === 'Z') {
      operators.push('h');
      continue;
    }
    if (command === 'h') x += a;
    else if (command === 'v') y += a;
    else [x, y] = [a, b];
    operators.push(`${x} ${y} ${command === 'M' ? 'm' : 'l'}`);
  }
  return operators.join(' ');
}
