import { describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy } from 'unpdf';
import { HOSTILE } from '../../../../test/support/hostile-words.js';
import { reportContent } from '../../../../test/support/report-contents.js';
import { cellsOf, writtenBytes } from '../../../../test/support/written-reports.js';
import type { REPORTS, ReportContent, Value } from '../../content/content.js';
import { writeReport } from '../write-report.js';
import type { Language } from '../words/languages.js';
import { printable } from './printable.js';

type Proxy = Awaited<ReturnType<typeof getDocumentProxy>>;

const open = async (report: (typeof REPORTS)[number], language: Language): Promise<Proxy> =>
  getDocumentProxy(Uint8Array.from(await writtenBytes(report, language, 'pdf')));

/** Lines are broken where there is room, so blanks are no part of what is compared. */
const bare = (text: string): string => printable(text).replaceAll(/[\s\u200B\u00A0\u202F]/g, '');

const textOf = async (pdf: Proxy): Promise<string> =>
  bare((await extractText(pdf, { mergePages: true })).text);

interface Node {
  role?: string;
  alt?: string;
  children?: Node[];
}

const rolesIn = (node: Node): string[] => [node.role ?? '', ...(node.children ?? []).flatMap(rolesIn)];

async function structureOf(pdf: Proxy): Promise<Node[]> {
  const trees: Node[] = [];
  for (let n = 1; n <= pdf.numPages; n++) trees.push((await (await pdf.getPage(n)).getStructTree()) as Node);
  return trees;
}

/** A report of 24 months in these columns, with a bar for each. */
async function twoYears(columns: readonly string[]): Promise<Uint8Array> {
  const rows = Array.from({ length: 24 }, (_, n): Value[] => [
    { kind: 'month', value: `20${20 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}` },
    ...columns.map((): Value => ({ kind: 'count', value: n })),
  ]);
  const content: ReportContent = {
    ...reportContent('monthly'),
    sections: [
      { kind: 'table', id: 'by_month', columns: ['month', ...columns].map((id) => ({ id })), rows },
      {
        kind: 'plot',
        id: 'penalties_by_month_plot',
        shape: 'bars',
        table: 'by_month',
        x: 'month',
        y: ['sentences', 'fines'],
      },
    ],
  };
  return (await writeReport(content, { format: 'pdf', language: 'en' })).bytes;
}

describe('a report as PDF', () => {
  it.each([
    ['monthly', 'be'],
    ['compliance', 'ru'],
    ['campaign', 'en'],
    ['person', 'be'],
  ] as const)('%s holds every value as text that can be searched (%s)', async (report, language) => {
    const text = await textOf(await open(report, language));
    const words = cellsOf(report, language).map((cell) => bare(cell.text));
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
    expect(text).not.toContain(bare('чаго тут няма'));
  });

  it('has the letters of Belarusian, and the apostrophe', async () => {
    const text = await textOf(await open('detainees', 'be'));
    for (const word of ['Дзьмітры «Ў» д’Арк', HOSTILE[0]!, 'Асобы, якіх утрымліваюць'])
      expect(text).toContain(bare(word));
  });

  it('says its language and title, and is tagged: headings, tables with heads, figures with a text in their place', async () => {
    const pdf = await open('monthly', 'ru');
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({
      Language: 'ru',
      Title: 'Задержания и взыскания, по состоянию на 7 апреля 2021 г.',
    });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const trees = await structureOf(pdf);
    const roles = new Set(trees.flatMap(rolesIn));
    for (const role of ['H1', 'H2', 'H3', 'P', 'Table', 'TR', 'TH', 'TD', 'Figure'])
      expect(roles).toContain(role);
    const figures = (node: Node): Node[] => [
      ...(node.role === 'Figure' ? [node] : []),
      ...(node.children ?? []).flatMap(figures),
    ];
    expect(trees.flatMap(figures).map(({ alt }) => alt)).toEqual([
      expect.stringContaining('Удерживаемые лица, день за днём'),
      expect.stringContaining('Аресты и штрафы, месяц за месяцем'),
    ]);
  });

  it.each([
    ['upright', ['sentences', 'fines']],
    ['lying down', ['sentences', 'fines', 'arrests', 'charges', 'decisions', 'penalties']],
  ])('keeps a tall plot on the page (%s), over the number of the page', async (_, columns) => {
    const pdf = await getDocumentProxy(Uint8Array.from(await twoYears(columns)));
    const lowest: number[] = [];
    for (let n = 1; n <= pdf.numPages; n++) {
      const { items } = await (await pdf.getPage(n)).getTextContent();
      const heights = items.flatMap((item) =>
        'str' in item && item.str.trim() !== '' ? [Math.round(item.transform[5] as number)] : [],
      );
      // Below all else stands the number of the page.
      lowest.push([...new Set(heights)].sort((a, b) => a - b)[1]!);
    }
    expect(Math.min(...lowest)).toBeGreaterThan(70);
  });

  it('draws its plots as lines and areas, and embeds no picture', async () => {
    const file = Buffer.from(await writtenBytes('monthly', 'en', 'pdf')).toString('latin1');
    expect(file).not.toContain('/Subtype /Image');
    expect(file).toContain('/PatternType 1');
  });

  it('marks every page of what is not for publication', async () => {
    const pdf = await open('person', 'en');
    const { text } = await extractText(pdf, { mergePages: false });
    expect(text.length).toBeGreaterThan(1);
    for (const page of text) expect(page).toContain('Not for publication');
  });
});
