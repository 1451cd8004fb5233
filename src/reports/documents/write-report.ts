import { canonicalJson } from '../../canonical-json.js';
import type { ReportContent } from '../content/content.js';
import { MEDIA_TYPES, type Format, type ReportDocument } from './document.js';
import { outlineOf } from './outline/outline-of.js';
import type { Language } from './words/languages.js';

/** How a report is written. */
export interface Writing {
  format: Format;
  language: Language;
}

/**
 * Writes a report. The same content, format and language give the same file, to the byte, save for a spreadsheet, which carries
 * the hour in which it was packed. JSON has no language.
 */
export async function writeReport(
  content: ReportContent,
  { format, language }: Writing,
): Promise<ReportDocument> {
  return {
    mediaType: MEDIA_TYPES[format],
    fileName: fileNameOf(content, { format, language }),
    bytes: await bytesOf(content, format, language),
  };
}

export function fileNameOf({ report, basis }: ReportContent, { format, language }: Writing): string {
  const named = format === 'json' ? '' : `-${language}`;
  return `habeas-${report}-${basis.asOf}${named}.${format}`;
}

async function bytesOf(content: ReportContent, format: Format, language: Language): Promise<Uint8Array> {
  if (format === 'json') return utf8(`${canonicalJson(content)}\n`);
  const outline = outlineOf(content, language);
  // Not before: plots, fonts and spreadsheets take a quarter of a second and 40 MB, in every process that starts.
  switch (format) {
    case 'csv':
      return utf8((await import('./csv/write-csv.js')).writeCsv(content, outline));
    case 'xlsx':
      return (await import('./xlsx/write-xlsx.js')).writeXlsx(outline);
    case 'html':
      return utf8(await (await import('./html/write-html.js')).writeHtml(outline, content.basis.asOf));
    case 'pdf':
      return (await import('./pdf/write-pdf.js')).writePdf(outline, content.basis);
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
