import { describe, expect, it } from '@jest/globals';
import { reportContent } from '../../../test/support/report-contents.js';
import { EACH } from '../../../test/support/written-reports.js';
import { REPORTS } from '../content/content.js';
import { FORMATS, MEDIA_TYPES } from './document.js';
import { writeReport } from './write-report.js';

describe('a report', () => {
  it.each(EACH)('%s is written in every format (%s)', async (report, language) => {
    for (const format of FORMATS) {
      const { mediaType, fileName, bytes } = await writeReport(reportContent(report), { format, language });
      expect(mediaType).toBe(MEDIA_TYPES[format]);
      expect(fileName).toMatch(/^habeas-[a-z-]+-2021-04-07(-en|-ru|-be)?\.[a-z]+$/);
      expect(bytes.length).toBeGreaterThan(500);
    }
  });

  it.each([...REPORTS])('%s as JSON is its content, whatever the order of its members', async (report) => {
    const content = reportContent(report);
    const turned = Object.fromEntries(Object.entries(content).reverse()) as unknown as typeof content;
    const [one, other] = await Promise.all(
      [content, turned].map((each) => writeReport(each, { format: 'json', language: 'en' })),
    );
    expect(Buffer.from(other!.bytes).equals(Buffer.from(one!.bytes))).toBe(true);
    expect(JSON.parse(Buffer.from(one!.bytes).toString('utf8'))).toEqual(content);
  });

  it.each(['csv', 'html', 'pdf'] as const)(
    'is the same file each time it is written as %s',
    async (format) => {
      const [one, other] = await Promise.all(
        [1, 2].map(() => writeReport(reportContent('person'), { format, language: 'be' })),
      );
      expect(Buffer.from(other!.bytes).equals(Buffer.from(one!.bytes))).toBe(true);
    },
  );

  it('is of all that is recorded where a filter is there and says nothing', async () => {
    const content = reportContent('articles');
    const asked = { ...content, basis: { ...content.basis, filters: { from: undefined, role: undefined } } };
    for (const format of FORMATS.filter((one) => one !== 'xlsx')) {
      const [one, other] = await Promise.all(
        [content, asked as unknown as typeof content].map((each) =>
          writeReport(each, { format, language: 'en' }),
        ),
      );
      expect(Buffer.from(other!.bytes).equals(Buffer.from(one!.bytes))).toBe(true);
    }
  });

  it('is not written where it names what has no words, or a table has a hole', async () => {
    const monthly = reportContent('monthly');
    const write = (section: object): Promise<unknown> =>
      writeReport({ ...monthly, sections: [section as never] }, { format: 'csv', language: 'ru' });
    const figure = {
      id: 'unheard_of',
      version: 1,
      value: { kind: 'count', value: 1 },
      n: 1,
      caveat: 'documented',
    };
    await expect(write({ kind: 'figures', id: 'overview', figures: [figure] })).rejects.toThrow('unheard_of');
    await expect(write({ kind: 'notes', id: 'toString', notes: [] })).rejects.toThrow('toString');
    await expect(write({ kind: 'notes', id: 'notes', notes: ['hm'] })).rejects.toThrow('hm');
    await expect(
      write({ kind: 'table', id: 'missing', columns: [{ id: 'case' }], rows: [[]] }),
    ).rejects.toThrow('cells');
    await expect(
      write({ kind: 'plot', id: 'waves_plot', shape: 'bars', table: 'waves', x: 'wave', y: [] }),
    ).rejects.toThrow('waves');
  });
});
