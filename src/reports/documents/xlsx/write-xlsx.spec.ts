import { describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import readSheets from 'read-excel-file/node';
import { HOSTILE } from '../../../../test/support/hostile-words.js';
import { cellsOf, EACH, writtenBytes } from '../../../../test/support/written-reports.js';
import { sheetNames } from './sheet-names.js';

type Row = (string | number | boolean | Date | null)[];

const sheetsOf = async (bytes: Uint8Array): Promise<Map<string, Row[]>> => {
  const sheets = (await readSheets(Buffer.from(bytes))) as unknown as { sheet: string; data: Row[] }[];
  return new Map(sheets.map(({ sheet, data }) => [sheet, data]));
};

describe('a report as a spreadsheet', () => {
  it.each(EACH)(
    '%s holds its counts as numbers, its days as days and all else as text (%s)',
    async (report, language) => {
      const sheets = await sheetsOf(await writtenBytes(report, language, 'xlsx'));
      const inSheets = [...sheets.values()].flat(2);
      for (const { value, text } of cellsOf(report, language)) {
        if (value.kind === 'count') expect(inSheets).toContain(value.value);
        else if (value.kind === 'money') expect(inSheets).toContain(Number(value.value));
        else if (value.kind === 'range') expect(inSheets).toContain(value.min);
        else if (value.kind === 'day') expect(inSheets).toContainEqual(new Date(`${value.value}T00:00:00Z`));
        else if (value.kind === 'text')
          expect(inSheets.some((cell) => String(cell).includes(text.trim()))).toBe(true);
      }
    },
  );

  it('reads back cell by cell', async () => {
    const sheets = await sheetsOf(await writtenBytes('monthly', 'en', 'xlsx'));
    expect(sheets.get('Outcome of decisions')).toEqual([
      ['Outcome', 'Decisions'],
      ['detention only', 395],
      ['fine only', 82],
      ['detention and fine', 'withheld'],
      ['acquitted', 0],
    ]);
    const [heads, arrests] = sheets.get('Overview')!;
    expect(heads?.slice(0, 5)).toEqual([
      'Figure',
      'Value',
      'Value: at least',
      'Value: at most',
      'Persons behind it (n)',
    ]);
    expect(arrests?.slice(0, 5)).toEqual(['Arrests', '1,204', 1204, 1204, 1100]);
  });

  it('has no formula in it, though names are written like some', async () => {
    const files = unzipSync(await writtenBytes('detainees', 'en', 'xlsx'));
    const xml = Object.values(files).map((bytes) => new TextDecoder().decode(bytes));
    expect(xml.some((text) => text.includes('SUM(A1:A9)'))).toBe(true);
    expect(xml.filter((text) => /<f[ >]/.test(text))).toEqual([]);
    expect(/<f[ >]/.test('<c r="A1"><f>1+1</f></c>')).toBe(true);
    const cells = [...(await sheetsOf(await writtenBytes('detainees', 'en', 'xlsx'))).values()].flat(2);
    expect(cells).toContain(HOSTILE[1]);
  });
});

describe('the names of sheets', () => {
  it('are what spreadsheets take, and no two alike', () => {
    const long = 'Persons held: [all] of them / by day, and in every region there is';
    const names = sheetNames([long, long, long.toUpperCase(), 'a?b*c', "O'Neill"]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(31);
      expect(name).not.toMatch(/[[\]:*?/\\']/);
    }
  });
});
