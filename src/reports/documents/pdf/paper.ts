import Pdf from 'pdfkit';
import type { Basis } from '../../content/content.js';
import type { Outline } from '../outline/outline.js';
import { embeddedFonts, type Face } from './fonts.js';
import { printable } from './printable.js';

const MARGIN = 48;
const FOOTER = 26;
export const SIZES = { title: 18, heading: 13, text: 9.5, small: 8 } as const;

export type Tag = 'H1' | 'H2' | 'H3' | 'P' | 'Caption' | 'TH' | 'TD' | 'LI';
type Structure = PDFKit.PDFStructureElement;

/** A PDF under way, whose texts are tagged for whoever has them read out. Lengths are points. */
export class Paper {
  readonly doc: PDFKit.PDFDocument;
  readonly left = MARGIN;
  readonly width: number;
  readonly #root: Structure;
  readonly #bytes: Promise<Uint8Array>;

  constructor({ words, title, subtitle }: Outline, basis: Basis, layout: 'portrait' | 'landscape') {
    this.doc = new Pdf({
      size: 'A4',
      layout,
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER },
      pdfVersion: '1.7',
      tagged: true,
      displayTitle: true,
      lang: words.locale,
      bufferPages: true,
      // Of the question and not of the hour, so that the same report is the same file.
      info: { Title: `${title}, ${subtitle}`, Creator: 'Habeas', CreationDate: new Date(basis.knownAt) },
    });
    this.width = this.doc.page.width - 2 * MARGIN;
    for (const [face, bytes] of Object.entries(embeddedFonts())) this.doc.registerFont(face, bytes);
    this.#root = this.doc.struct('Document');
    this.doc.addStructure(this.#root);
    this.#bytes = new Promise((resolve, reject) => {
      const chunks: Uint8Array[] = [];
      this.doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      this.doc.on('end', () => resolve(Buffer.concat(chunks)));
      this.doc.on('error', reject);
    });
  }

  /** Where the next thing goes, counted from the top of the page. */
  get y(): number {
    return this.doc.y;
  }

  set y(y: number) {
    this.doc.y = y;
  }

  get bottom(): number {
    return this.doc.page.height - MARGIN - FOOTER;
  }

  /** Of the part of a page that is written on. */
  get height(): number {
    return this.bottom - MARGIN;
  }

  /** True if a new page was begun. */
  keep(height: number): boolean {
    if (this.doc.y + height <= this.bottom || this.doc.y <= MARGIN) return false;
    this.doc.addPage();
    return true;
  }

  set(face: Face, size: number): void {
    this.doc.font(face).fontSize(size).fillColor('#111111');
  }

  /** An element that holds others: a table, a row, a section. */
  within(type: string, parent: Structure = this.#root): Structure {
    const element = this.doc.struct(type);
    parent.add(element);
    return element;
  }

  /** A text across the page, or in a box, as one element. */
  text(
    tag: Tag,
    text: string,
    face: Face,
    size: number,
    options: { parent?: Structure; bookmark?: boolean } = {},
  ): void {
    this.set(face, size);
    const content = printable(text);
    const height = this.doc.heightOfString(content, { width: this.width });
    this.keep(Math.min(height, 60));
    this.tagged(tag, options.parent ?? this.#root, () => {
      this.doc.text(content, this.left, this.doc.y, { width: this.width });
    });
    if (options.bookmark) this.doc.outline.addItem(text);
  }

  /** Whatever `draw` puts down is the content of one element. */
  tagged(
    type: string,
    parent: Structure,
    draw: () => void,
    attributes: { alt?: string; scope?: 'Row' | 'Column' } = {},
  ): void {
    parent.add(this.doc.struct(type, attributes, [draw]));
  }

  get root(): Structure {
    return this.#root;
  }

  /** What is not for reading out: lines, heads of tables that are repeated, numbers of pages. */
  artifact(draw: () => void): void {
    this.doc.markContent('Artifact');
    draw();
    this.doc.endMarkedContent();
  }

  space(height: number): void {
    this.doc.y += height;
  }

  /** Numbers the pages and closes the file. */
  finish(footer: (page: number, of: number) => string): Promise<Uint8Array> {
    this.#root.end();
    const { count } = this.doc.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.doc.switchToPage(page);
      this.artifact(() => {
        this.set('regular', SIZES.small);
        // Below the margin a text would begin a new page.
        this.doc.page.margins.bottom = 0;
        const y = this.doc.page.height - MARGIN - 4;
        this.doc.text(footer(page + 1, count), this.left, y, {
          width: this.width,
          align: 'center',
          lineBreak: false,
        });
      });
    }
    this.doc.end();
    return this.#bytes;
  }
}
