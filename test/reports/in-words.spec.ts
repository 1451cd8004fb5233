import { describe, expect, it } from '@jest/globals';
import { REPORTS, type ReportContent } from '../../src/reports/content/content.js';
import { outlineOf } from '../../src/reports/documents/outline/outline-of.js';
import { LANGUAGES } from '../../src/reports/documents/words/languages.js';
import { writeReport } from '../../src/reports/documents/write-report.js';
import { day } from '../support/derived.js';
import { question, reported, sheetsOn, tallied } from '../support/reports/asking.js';
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

/** Of a person who has been through everything that a report tells of. */
const sheet = sheets.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)[0]!;

const contentOf = (report: (typeof REPORTS)[number]): ReportContent =>
  reported(report, AS_OF, asked, figures, { names, waves, sheet });

describe('what reports say of 500 cases', () => {
  it.each(REPORTS.flatMap((report) => LANGUAGES.map((language) => [report, language] as const)))(
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
