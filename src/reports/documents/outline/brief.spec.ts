import { describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy } from 'unpdf';
import { JSDOM } from 'jsdom';
import { formatDay, parseDay } from '../../../cases/domain/dates/day.js';
import { reportContent } from '../../../../test/support/report-contents.js';
import type { ReportContent, TableSection, Value } from '../../content/content.js';
import type { Format } from '../document.js';
import { writeReport } from '../write-report.js';
import { outlineOf } from './outline-of.js';

/** How many are held on each of so many days, up to 10 February 2020. */
function dayByDay(days: number): ReportContent {
  const first = parseDay('2020-02-10')! - days + 1;
  const rows = Array.from({ length: days }, (_, n): Value[] => [
    { kind: 'day', value: formatDay(first + n) },
    { kind: 'count', value: n },
  ]);
  const columns = [{ id: 'day' }, { id: 'held_by_day', figure: { id: 'held_by_day', version: 1 } }];
  const table: TableSection = { kind: 'table', id: 'held_by_day', columns, rows };
  return { ...reportContent('monthly'), sections: [table] };
}

const bytesOf = async (days: number, format: Format): Promise<Uint8Array> =>
  (await writeReport(dayByDay(days), { format, language: 'en' })).bytes;

const textOf = async (days: number, format: 'html' | 'csv'): Promise<string> =>
  Buffer.from(await bytesOf(days, format)).toString('utf8');

const rowHeadsIn = (table: Element): string[] =>
  [...table.querySelectorAll('tbody th')].map(({ textContent }) => textContent ?? '');

async function pdfOf(days: number): Promise<{ pages: number; text: string }> {
  const { totalPages, text } = await extractText(
    await getDocumentProxy(Uint8Array.from(await bytesOf(days, 'pdf'))),
    { mergePages: true },
  );
  return { pages: totalPages, text };
}

const briefOf = (content: ReportContent): (string | undefined)[] | undefined => {
  const [part] = outlineOf(content, 'en').parts;
  return part?.kind === 'table' ? part.brief?.map(([day]) => day?.text) : undefined;
};

const LAST_DAYS = ['30 November 2019', '31 December 2019', '31 January 2020', '10 February 2020'];

describe('a long table of days', () => {
  it('is told briefly by the last day of each month, and the last of all', () => {
    expect(briefOf(dayByDay(62))).toBeUndefined();
    expect(briefOf(dayByDay(63))).toEqual(LAST_DAYS.slice(1));
    expect(briefOf(dayByDay(80))).toEqual(LAST_DAYS);
  });

  it('is whole where it is no table of days alone', () => {
    const content = dayByDay(80);
    const [table] = content.sections as [TableSection];
    table.rows.push([{ kind: 'code', list: 'row', value: 'period' }, table.rows[0]![1]!]);
    expect(briefOf(content)).toBeUndefined();
  });

  it('is brief on a page, with all days folded below', async () => {
    const { document } = new JSDOM(await textOf(80, 'html')).window;
    const [brief, whole] = [...document.querySelectorAll('table')];
    expect(rowHeadsIn(brief!)).toEqual(LAST_DAYS);
    expect(rowHeadsIn(whole!)).toHaveLength(80);
    expect(whole!.closest('details')?.hasAttribute('open')).toBe(false);
    expect(document.querySelector('p:has(+ .scroll)')?.textContent).toContain('the last day of each month');
    const short = new JSDOM(await textOf(62, 'html')).window.document;
    expect(short.querySelector('details')).toBeNull();
  });

  it('is brief in a PDF, which then has no more pages than for two months', async () => {
    const [long, short] = [await pdfOf(366), await pdfOf(62)];
    expect(long.pages).toBeLessThanOrEqual(short.pages);
    expect(long.text).toContain('31 January 2020');
    expect(long.text).not.toContain('15 January 2020');
    expect(long.text).toContain('the last day of each month');
    expect(short.text).toContain('15 January 2020');
  });

  it('is whole for programs', async () => {
    const csv = await textOf(366, 'csv');
    expect(csv).toContain('2020-01-15');
    expect(csv).toContain('2019-02-10');
  });
});
