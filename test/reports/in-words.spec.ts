import { describe, expect, it } from '@jest/globals';
import type { CountedReport, ReportContent } from '../../src/reports/content/content.js';
import { outlineOf } from '../../src/reports/documents/outline/outline-of.js';
import { LANGUAGES } from '../../src/reports/documents/words/languages.js';
import { writeReport } from '../../src/reports/documents/write-report.js';
import { day } from '../support/derived.js';
import { COUNTED_REPORTS, question, reported, sheetsOn, tallied } from '../support/reports/asking.js';
import { referenceSet, REGISTER } from '../support/reports/reference-set.js';

const AS_OF = '2020-03-01';
const sheets = sheetsOn(referenceSet(), day(AS_OF));
/** A period, and so little room for months that some lie before those shown. */
const asked = question(AS_OF, {
  register: REGISTER,
  filters: { from: '2019-03-01', to: '2020-02-29' },
  months: 4,
});
const figures = tallied(sheets, asked);
const waves = REGISTER.campaigns.map((campaign) => ({ campaign, figures }));
const names = new Map(sheets.map(({ caseId }, i) => [caseId, `N. ${i}`]));

const contentOf = (report: CountedReport): ReportContent =>
  reported(report, AS_OF, asked, figures, { names, waves });

describe('what reports say of 500 cases', () => {
  it.each(COUNTED_REPORTS.flatMap((report) => LANGUAGES.map((language) => [report, language] as const)))(
    'has words, all of it: %s (%s)',
    async (report, language) => {
      const outline = outlineOf(contentOf(report), language);
      expect(outline.parts.length).toBeGreaterThan(1);
      for (const { heading } of outline.parts) expect(heading).not.toBe('');
      const { bytes } = await writeReport(contentOf(report), { format: 'html', language });
      expect(bytes.length).toBeGreaterThan(2_000);
    },
  );
});
